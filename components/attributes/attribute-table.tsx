import Link from "next/link";
import { Table } from "@/components/ui/table";
import { suggestionsText } from "@/lib/attributes/form";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { typeNames } from "./type-names";

type AttributeTableProps = { attributes: AttributeDefinition[]; path: string; zone: string; canEdit: boolean };

/** The attributes of an application; each name leads to its form, for who may change it. */
export function AttributeTable({ attributes, path, zone, canEdit }: AttributeTableProps) {
  return (
    <Table caption="Attributes" flush>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Title</th>
          <th scope="col">Type</th>
          <th scope="col">Values</th>
          <th scope="col">Description</th>
        </tr>
      </thead>
      <tbody>
        {attributes.map((attribute) => (
          <tr key={attribute.name}>
            <th scope="row">
              {canEdit ? (
                <Link
                  href={`${path}/${attribute.name}/edit`}
                  className="mono inline-flex min-h-6 items-center underline-offset-2 hover:underline"
                >
                  {attribute.name}
                </Link>
              ) : (
                <span className="mono">{attribute.name}</span>
              )}
            </th>
            <td>
              <Text text={attribute.title} />
            </td>
            <td className="text-mute">{typeNames[attribute.type]}</td>
            <td className="text-mute">
              <Text text={valuesText(attribute, zone)} />
            </td>
            <td className="text-mute">
              <Text text={attribute.description} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function valuesText(attribute: AttributeDefinition, zone: string): string {
  if (attribute.suggestions.length === 0) return "Any";
  const values = suggestionsText(attribute, zone).replaceAll("\n", ", ");
  return attribute.restricted ? `Only ${values}` : `Any, such as ${values}`;
}

/** A long text, whole on as many lines as it takes. */
function Text({ text }: { text: string }) {
  return <span className="block w-max max-w-72 whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</span>;
}
