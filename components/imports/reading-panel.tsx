import { ReadingForm } from "@/components/imports/reading-form";
import type { CampaignIds } from "@/lib/access/scope";
import { formatCount, formatNumber } from "@/lib/format";
import { isOwnColumn } from "@/lib/imports/column-names";
import { encodingNames } from "@/lib/imports/encodings";
import type { ImportDetail } from "@/lib/imports/queries";
import { openQuestion } from "@/lib/imports/rules";
import { shortened } from "@/lib/shortened";
import { fieldOptions } from "./field-options";

type Props = {
  scope: CampaignIds;
  found: ImportDetail;
  /** The first rows, as cells. */
  samples: string[][];
  attributes: readonly { name: string; title: string }[];
  importPath: string;
};

/** How a checked file is read, to be corrected: open where somebody should look at it, one line where all of it was recognised. */
export function ReadingPanel({ scope, found, samples, attributes, importPath }: Props) {
  const { fields, unsure, encoding } = found.reading;
  const question = openQuestion(found);
  const used = fields.filter((field) => field !== null).length;
  const recognised = fields.every((field, index) => field !== null || isOwnColumn(found.columns[index] ?? ""));
  const columns = recognised
    ? "every column is recognised"
    : `${formatNumber(used)} of ${formatCount(fields.length, "column")} ${used === 1 ? "is" : "are"} read`;
  return (
    <details open={question !== null || unsure.length > 0 || found.reading.dates.either > 0}>
      <summary className="w-fit cursor-pointer rounded-sm">
        <h2 className="inline text-lg font-semibold">How the file is read</h2>
        <span className="text-mute">
          {" "}
          {encodingNames[encoding]}, {columns}
        </span>
      </summary>
      <ReadingForm
        key={found.id}
        scope={scope}
        importId={found.id}
        importPath={importPath}
        columns={found.columns.map((name, index) => ({
          name: shortened(name || `Column ${index + 1}`, 60),
          values: samples.map((row) => row[index] ?? ""),
          unsure: unsure.includes(index),
        }))}
        reading={{ fields, encoding, order: found.reading.order, dates: found.reading.dates }}
        options={fieldOptions(attributes, found.reading.changes !== null)}
        unnamed={question === "columns" && found.reading.changes === null}
      />
    </details>
  );
}
