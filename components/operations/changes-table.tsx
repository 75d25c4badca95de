import Link from "next/link";
import {
  FieldSteps,
  fieldLabel,
  fieldValueText,
  fittingFields,
  inFormOrder,
  MoreFields,
} from "@/components/operations/field-value";
import { Table } from "@/components/ui/table";
import type { Reading } from "@/lib/attributes/titles";
import type { ChangeRow } from "@/lib/operations/queries";
import { refusalText } from "@/lib/operations/reasons";
import type { ChangeFilter } from "@/lib/operations/rules";
import type { OperationEffect } from "@/lib/operations/schema";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type Props = {
  rows: ChangeRow[];
  show: ChangeFilter;
  effect: OperationEffect;
  paths: ReturnType<typeof referralPaths>;
  reading: Reading;
  /** Whether they are not done, or not all: then it is what would be done. */
  planned: boolean;
};

const captions: Record<ChangeFilter, string> = {
  changed: "Changed codes",
  refused: "Codes left alone",
  kept: "Codes with fields that were left",
};

/** The recorded rows of an operation: each code with what was done to it, or why nothing was. */
export function ChangesTable({ rows, show, effect, paths, reading, planned }: Props) {
  return (
    <Table caption={planned && show === "changed" ? "Codes as planned" : captions[show]} className="border-t">
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">
            {show === "refused"
              ? "Why it was left alone"
              : show === "kept"
                ? "What was left"
                : planned
                  ? "What changes"
                  : "What changed"}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.referralId}>
            <th scope="row" className="mono w-56 font-normal">
              {row.exists ? (
                <Link prefetch={false} href={paths.referral(row.referralId)} className="hover:underline">
                  {row.code}
                </Link>
              ) : (
                <span className="text-mute">
                  {row.code}
                  <span className="sr-only"> (deleted)</span>
                </span>
              )}
            </th>
            <td>
              <ChangeCell row={row} show={show} effect={effect} reading={reading} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function ChangeCell({
  row,
  show,
  effect,
  reading,
}: {
  row: ChangeRow;
  show: ChangeFilter;
  effect: OperationEffect;
  reading: Reading;
}) {
  if (show === "refused" && row.refusal) return refusalText(row.refusal, 1).replace(/^1 code /, "It ");
  const values = show === "kept" ? row.kept : effect === "create" ? row.after : null;
  if (values) {
    const fields = inFormOrder(Object.keys(values), reading)
      .filter((field) => show === "kept" || values[field] !== null)
      .map((field) => ({ field, texts: [fieldValueText(field, values[field], reading)] as const }));
    const { shown, more } = fittingFields(fields);
    return (
      <span className="flex flex-wrap gap-x-4 text-mute">
        {shown.map(({ field, texts: [text] }) => (
          <span key={field}>
            {fieldLabel(field, reading)} {show === "kept" && "stays "}
            <span className="num text-ink [overflow-wrap:anywhere]">{text}</span>
          </span>
        ))}
        <MoreFields more={more} />
      </span>
    );
  }
  if (effect === "edit") return <FieldSteps before={row.before} after={row.after} reading={reading} />;
  return <span className="text-mute">deleted</span>;
}
