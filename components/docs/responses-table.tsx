import { Table } from "@/components/ui/table";
import { modelOf } from "@/lib/api/field-rows";
import type { ResponseOf } from "@/lib/api/openapi-types";
import { Inline } from "./prose";

/** Statuses, when each is answered, and with what. */
export function ResponsesTable({ caption, responses }: { caption: string; responses: [string, ResponseOf][] }) {
  return (
    <div className="min-w-0 overflow-hidden rounded-md border">
      <Table caption={caption}>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">When</th>
            <th scope="col">Body</th>
          </tr>
        </thead>
        <tbody>
          {responses.map(([status, response]) => (
            <tr key={status}>
              <th scope="row" className="num font-normal">
                {status}
              </th>
              <td className="min-w-48 whitespace-normal">
                <Inline text={response.description} />
              </td>
              <td>
                <Body response={response} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Body({ response }: { response: ResponseOf }) {
  const [[type, media] = []] = Object.entries(response.content ?? {});
  if (type === undefined || !media) return <span className="text-mute">none</span>;
  const model = modelOf(media.schema);
  if (type !== "application/json") return type;
  return model === undefined ? "JSON" : <a href={`#model-${model}`}>{model}</a>;
}
