import { referralCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { getImport } from "@/lib/imports/queries";
import { failedRowsFile, restFile } from "@/lib/imports/row-files";
import { fileResponse } from "@/lib/referrals/file-response";
import { idField } from "@/lib/referrals/schema";
import { webStream } from "@/lib/web-stream";

type Context = { params: Promise<{ applicationId: string; campaignId: string; importId: string; rows: string }> };

const files = new Map([
  ["failed-rows", failedRowsFile],
  ["rest", restFile],
]);

/** Downloads rows of a checked file: `failed-rows`, each with what is wrong, or the `rest` that a cancelled import left. */
export const GET = defineEndpoint<Context>(async (actor, _request, { params }) => {
  const { importId, rows } = await params;
  const { scope } = await referralCampaign(actor, await params);
  const found = idField.safeParse(importId).success ? await getImport(actor, scope, importId) : null;
  if (!found) throw new DomainError("not_found", "This import is not there any more; upload the file again.");
  const file = files.get(rows);
  if (!file) throw new DomainError("not_found", `An import has the files ${[...files.keys()].join(" and ")}.`);
  return fileResponse(webStream(file(actor, scope, found)), `${rows}-of-import-${found.id}.csv`);
});
