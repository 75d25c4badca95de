import { Select } from "@/components/ui/select";
import { Table } from "@/components/ui/table";

/** A column of a file as it is shown. */
export interface ShownColumn {
  name: string;
  /** What its first rows hold. */
  values: string[];
  /** Whether somebody should say what it holds. */
  unsure: boolean;
}

type Props = {
  columns: ShownColumn[];
  fields: (string | null)[];
  options: { value: string; label: string }[];
  onChoose: (column: number, field: string | null) => void;
};

/** The columns of a file, what stands in them, and what each is said to hold. */
export function MatchingTable({ columns, fields, options, onChoose }: Props) {
  return (
    <Table caption="Columns of the file and what they hold" className="border-t">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Holds</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ name, values, unsure }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names can be there twice, and the columns do not change.
          <tr key={index}>
            <th scope="row" className="mono max-w-28 font-normal sm:max-w-96">
              <p className="truncate">{name}</p>
              <p className="truncate text-sm text-mute">{values.filter(Boolean).join(" · ")}</p>
            </th>
            <td className="py-1">
              <Select
                aria-label={`What “${name}” holds`}
                className="w-56"
                value={fields[index] ?? ""}
                onChange={(event) => onChoose(index, event.currentTarget.value || null)}
                options={options}
              />
              {unsure && (
                <p className="text-sm text-warn">
                  {fields[index] ? "Guessed by its name" : "Not recognised: left out"}
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
