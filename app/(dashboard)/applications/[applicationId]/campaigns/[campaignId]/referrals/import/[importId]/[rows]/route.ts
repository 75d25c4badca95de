import { idField } from "@/lib/codes/schema";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { getImport } from "@/lib/imports/queries";
import { failedRowsFile, restFile } from "@/lib/imports/row-files";
import type { CampaignAddress } from "@/lib/page";
import { fileResponse } from "@/lib/referrals/file-response";
import { webStream } from "@/lib/web-stream";

type Params = CampaignAddress & { importId: string; rows: string };

const files = new Map([
  ["failed-rows", failedRowsFile],
  ["rest", restFile],
]);

/** Downloads rows of a checked file: `failed-rows`, each with what is wrong, or the `rest` that a cancelled import left. */
export const GET = campaignEndpoint("referrals.import", async ({ scope }, _request, { importId, rows }: Params) => {
  const found = idField.safeParse(importId).success ? await getImport(scope, importId) : null;
  if (!found) throw new DomainError("not_found", { reason: "import_gone" });
  const file = files.get(rows);
  if (!file) throw new DomainError("not_found", { reason: "import_files", names: [...files.keys()] });
  return fileResponse(webStream(file(scope, found)), `${rows}-of-import-${found.id}.csv`);
});
