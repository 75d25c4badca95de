import { advocateKey, searchKey } from "@/lib/codes/folding";
import { type Alike, recordedOf, recordedText } from "@/lib/codes/recorded";
import type { CheckedRow } from "@/lib/imports/reader";
import type { ChangedCells } from "@/lib/referrals/row-changes";

const nothing = "\\N";

function copyText(value: string): string {
  if (!/[\\\t\n\r]/.test(value)) return value;
  return value.replace(/[\\\t\n\r]/g, (one) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n" })[one] ?? "\\r");
}

/** The columns of `import_row` that `codeLine` writes, after those that say of which import. */
export const codeColumns =
  "line, raw, code, code_search, advocate_integration_id, advocate_search, usage_limit, valid_from, valid_until, attributes, recorded, problems, referral_id, base";

function changedColumns({ code, wanted, referralId, base }: ChangedCells): string[] {
  return [copyText(code), copyText(recordedText(wanted)), referralId, copyText(recordedText(base))];
}

/**
 * A row of a file of codes for COPY. What is of digits, letters and punctuation alone (codes, limits, times) needs no escaping.
 * @param alike is shown the row, where it can become a code
 */
export function codeLine({ line, raw, referral, changed, problems }: CheckedRow, alike: Alike): string {
  const said = problems.length > 0 ? copyText(JSON.stringify(problems)) : nothing;
  if (!referral) {
    const [code, now, id, was] = changed ? changedColumns(changed) : [nothing, nothing, nothing, nothing];
    return `${line}\t${copyText(raw)}\t${code}\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t${now}\t${said}\t${id}\t${was}\n`;
  }
  const { code, advocateIntegrationId, usageLimit, attributes } = referral;
  const validFrom = referral.validFrom?.toISOString() ?? nothing;
  const validUntil = referral.validUntil?.toISOString() ?? nothing;
  const codes = code === null ? "\\N\t\\N" : `${code}\t${searchKey(code)}`;
  const folded = advocateIntegrationId === null ? null : advocateKey(code, advocateIntegrationId);
  const advocates = [advocateIntegrationId, folded].map((one) => (one === null ? nothing : copyText(one))).join("\t");
  const values = attributes === null ? nothing : copyText(JSON.stringify(attributes));
  const fields = recordedOf(referral);
  if (problems.length === 0) alike.add(fields);
  const recorded = problems.length > 0 ? nothing : copyText(recordedText(fields));
  return `${line}\t${copyText(raw)}\t${codes}\t${advocates}\t${usageLimit ?? nothing}\t${validFrom}\t${validUntil}\t${values}\t${recorded}\t${said}\t\\N\t\\N\n`;
}

/** The columns of `import_row` that `advocateLine` writes, after those that say of which import. */
export const advocateColumns = "line, raw, advocate_integration_id, advocate_search";

/** An advocate of a list for COPY, by their place in it: where codes are drawn, nothing else is said of them. */
export function advocateLine(place: number, id: string): string {
  const folded = advocateKey(null, id);
  return `${place}\t\t${copyText(id)}\t${folded === null ? nothing : copyText(folded)}\n`;
}
