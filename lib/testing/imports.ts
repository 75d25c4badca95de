import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { commitImport } from "@/lib/imports/commands";
import { getImport } from "@/lib/imports/queries";
import { stageImport } from "@/lib/imports/staging";
import { admitted, makeCampaign } from "./builders";

/** The path of a file in `e2e/data`. */
export const dataPath = (name: string) => fileURLToPath(new URL(`../../e2e/data/${name}`, import.meta.url));

/** The header of the shortest file. */
export const header = "code,advocateprofileintegrationid\n";

/** A file as it arrives, piece by piece. */
export async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

/** A campaign whose application has the attributes that the files in `e2e/data` name. */
export async function makeImportCampaign(): Promise<CampaignIds> {
  const scope = await makeCampaign();
  const attributes = { channel: "string", note: "string", invited_at: "time", reward_points: "number" };
  await db.attributeDefinition.createMany({
    data: Object.entries(attributes).map(([name, type]) => ({
      applicationId: scope.applicationId,
      name,
      title: name,
      type,
    })),
  });
  return scope;
}

/** Staging and committing files, in the campaign that `scope` gives at the time. */
export function importing(scope: () => CampaignIds) {
  return {
    stage: (...texts: string[]) => stageImport(admitted(scope()), { name: "codes.csv", body: pieces(...texts) }),
    stageFile: (name: string) => stageImport(admitted(scope()), { name, body: createReadStream(dataPath(name)) }),
    commit: (importId: string) => commitImport(admitted(scope()), { importId }),
    found: async (importId: string) => {
      const detail = await getImport(admitted(scope()), importId);
      if (!detail) throw new Error("no such import");
      return detail;
    },
  };
}
