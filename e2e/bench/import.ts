import { once } from "node:events";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { z } from "zod";
import { commitImport } from "@/lib/imports/commands";
import { codeAt, codeSpace } from "@/lib/referrals/generator";
import { report } from "./figures";
import { memoryGrowth } from "./program";
import { median, time } from "./timing";
import { actor, forget, type Workspace } from "./workspace";

const answer = z.object({ data: z.object({ importId: z.string() }) });

/** Writes a file as Talon.One exports it, every column filled. */
async function writeFile(path: string, rows: number): Promise<void> {
  const space = codeSpace("CRM-####-####", "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", "insensitive-uppercase");
  const file = createWriteStream(path);
  file.write("code,startdate,expirydate,advocateprofileintegrationid,limitval,attributes\n");
  for (let row = 0; row < rows; row += 1) {
    const code = codeAt(space, (row * 668_265_263) % 2 ** 40);
    const line = `${code},2026-01-01T00:00:00Z,2030-01-01T00:00:00+01:00,advocate.${row}@example.com,10,"{""channel"":""web"",""vip"":true}"\n`;
    if (!file.write(line)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

/** Uploads a file to the server as the browser does. Returns the import's id. */
async function upload({ scope, program }: Workspace, path: string): Promise<string> {
  const url = `${program.address}/applications/${scope.applicationId}/campaigns/${scope.campaignId}/referrals/import/upload?name=bench.csv`;
  const response = await fetch(url, {
    method: "POST",
    headers: { origin: program.address, "content-length": String(statSync(path).size) },
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  if (response.status !== 201) throw new Error(`the upload was answered ${response.status}: ${await response.text()}`);
  return answer.parse(await response.json()).data.importId;
}

/**
 * Import 100,000 rows: upload, reading, every check and staging by the server over HTTP, then the commit with its record
 * by the command behind the button. Memory is the server's.
 */
export async function benchImport(workspace: Workspace): Promise<void> {
  const speeds: number[] = [];
  const growths: number[] = [];
  for (const rows of [20_000, 100_000, 100_000]) {
    const path = join(workspace.folder, `${rows}.csv`);
    await writeFile(path, rows);
    let growth = 0;
    let operationId = "";
    const elapsed = await time(async () => {
      const staged = await memoryGrowth(workspace.program.pid, () => upload(workspace, path));
      growth = staged.growth;
      const committed = await commitImport(actor, { ...workspace.scope, importId: staged.result });
      operationId = committed.operationId;
      if (committed.codes !== rows) throw new Error(`${committed.codes} of ${rows} rows were imported`);
    });
    await forget(workspace.scope, [operationId]);
    if (rows < 100_000) continue; // warm-up
    speeds.push((1000 * rows) / elapsed);
    growths.push(growth);
  }
  report({
    what: "import 100,000 rows: upload, check, commit, recorded",
    measured: median(speeds),
    unit: "rows/s",
    atLeast: 20_000,
  });
  report({
    what: `memory of the server while it reads them (${Math.round(statSync(join(workspace.folder, "100000.csv")).size / 1e6)} MB), at most above before`,
    measured: Math.max(...growths),
    unit: "MB",
    atMost: 64e6,
  });
}
