import type { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { inCampaign } from "@/lib/api/fields";
import { importModel } from "@/lib/api/models/import";
import { type ApiError, ApiProblem } from "@/lib/api/problems";
import { formatCount, formatNumber } from "@/lib/format";
import { importAtOnce } from "@/lib/imports/at-once";
import type { LineProblem } from "@/lib/imports/queries";
import { causeLabels, fileBytesMax, fileNameField, fileRowsMax } from "@/lib/imports/schema";
import { campaignForWriting } from "@/lib/operations/scope";
import { rowSentence } from "@/lib/referrals/row-reasons";
import { shortened } from "@/lib/shortened";

const field = "upFile";
/** How much is said of one row. */
const detailsMax = 1000;

/** One entry for each row, with all that is wrong with it. */
function rowErrors(problems: LineProblem[]): ApiError[] {
  const rows = new Map<number, LineProblem[]>();
  for (const problem of problems) rows.set(problem.line, [...(rows.get(problem.line) ?? []), problem]);
  return [...rows].map(([line, told]) => ({
    title: told[0] ? causeLabels[told[0].cause] : "Invalid row",
    details: shortened(told.map(({ column, reason }) => `${column}: ${rowSentence(reason)}`).join(" "), detailsMax),
    source: { line: String(line) },
  }));
}

export const importReferrals = endpoint({
  name: "importReferrals",
  method: "POST",
  path: "/v1/applications/{applicationId}/campaigns/{campaignId}/import_referrals",
  key: "management",
  permission: "referrals.import",
  tag: "Referrals",
  summary: "Import codes from a CSV file",
  description: `Makes a code of every row of the file, or none: where a row is wrong, nothing of the file is kept. Columns, in any order: \`code\` and \`advocateprofileintegrationid\` are required, \`startdate\`, \`expirydate\` (RFC 3339), \`limitval\` (blank is 1, 0 is unlimited) and \`attributes\` (a JSON object) are not; others are left out, so an export can be imported as it is, but for the friend that a code was for alone. Files of up to 500 MB and ${formatNumber(fileRowsMax)} rows, in UTF-8. The codes are one batch, and one operation that can be undone in the dashboard. The same file sent again is refused, because its codes are taken; with the same \`Idempotency-Key\` it is answered as the first time. An answer that is given before the file was read to its end, such as that of a file without the two columns, is not kept: nothing was made, and the file can be sent again.`,
  params: inCampaign,
  upload: { field, bytesMax: fileBytesMax },
  answers: { 200: { description: "All codes are made.", body: importModel } },
  refusals: {
    400: "a row is wrong (the first 100 are named by `source.line`), or the file is none that can be read",
    404: "there is no such campaign",
    413: "the file is larger than 500 MB",
    503: "other files are being imported; try again in a minute",
  },
  pointers: { file: `/${field}` },
  async run({ scope, actor, file, requestKey }) {
    await campaignForWriting(scope);
    const { name, body } = await file();
    const made = await importAtOnce(scope, { name: fileNameField.parse(name), body }, requestKey);
    if ("problems" in made) {
      const rows = formatCount(made.failedRows, "row has a problem", "rows have problems");
      throw new ApiProblem(400, `${rows}, so nothing of the file was imported.`, rowErrors(made.problems));
    }
    const answer: z.output<typeof importModel> = {
      id: Number(made.operationId),
      created: new Date().toISOString(),
      accountId: 1,
      userId: Number(actor.id),
      entity: "Referral",
      amount: made.codes,
    };
    return { status: 200, body: answer };
  },
});
