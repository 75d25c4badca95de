import { Table } from "@/components/ui/table";
import type { FieldRow } from "@/lib/api/field-rows";
import { Inline } from "./prose";

/** Fields with their types and bounds. */
export function FieldsTable({ caption, rows }: { caption: string; rows: FieldRow[] }) {
  return (
    <div className="min-w-0 overflow-hidden rounded-md border">
      <Table caption={caption}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning and bounds</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row" className="mono font-normal">
                {row.name}
                {row.required && <span className="font-sans text-sm text-mute"> required</span>}
              </th>
              <td>{row.model === undefined ? row.type : <a href={`#model-${row.model}`}>{row.type}</a>}</td>
              <td className="min-w-48 whitespace-normal [overflow-wrap:anywhere]">
                {row.description && (
                  <p>
                    <Inline text={row.description} />
                  </p>
                )}
                {row.bounds && <p className="text-mute">{row.bounds}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
