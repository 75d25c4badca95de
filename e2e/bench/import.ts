import { once } from "node:events";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { z } from "zod";
import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { codeAt, codeSpace } from "@/lib/codes/generator";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { watchMemory } from "@/lib/testing/memory";
import { workOnce } from "@/lib/testing/work";
import { finished } from "./background";
import { report } from "./figures";
import { median } from "./timing";
import { forget, type Workspace } from "./workspace";

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
    headers: { cookie: program.cookie, origin: program.address, "content-length": String(statSync(path).size) },
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  if (response.status !== 201) throw new Error(`the upload was answered ${response.status}: ${await response.text()}`);
  return answer.parse(await response.json()).data.importId;
}

/** How much memory the server has at most while it reads a file, which is discarded afterwards; in bytes. */
async function peakWhileReading(workspace: Workspace, rows: number): Promise<number> {
  const path = join(workspace.folder, `${rows}.csv`);
  await writeFile(path, rows);
  const { result: importId, peak } = await watchMemory(workspace.program.pid, () => upload(workspace, path));
  await discardImport(admit(operator, workspace.scope, "referrals.import"), { importId });
  return peak;
}

/**
 * Import 100,000 rows: upload, reading, every check and staging by the server over HTTP, then the commit with its record
 * by the command behind the button and by a worker, as the server that runs the command wakes its own. That memory is constant is shown by a file of three times as many rows.
 */
export async function benchImport(workspace: Workspace): Promise<void> {
  const { scope } = workspace;
  const rounds: { reading: number; commit: number }[] = [];
  for (const rows of [20_000, 100_000, 100_000]) {
    const path = join(workspace.folder, `${rows}.csv`);
    await writeFile(path, rows);
    const began = performance.now();
    const importId = await upload(workspace, path);
    const read = performance.now();
    const { operationId } = await commitImport(admit(operator, scope, "referrals.import"), { importId });
    while (!(await finished(scope, operationId, rows))) await workOnce("bench");
    const commit = performance.now() - read;
    await forget(scope, [operationId]);
    if (rows === 100_000) rounds.push({ reading: read - began, commit }); // the first one warms up
  }
  const speed = (milliseconds: number[]) => (1000 * 100_000) / median(milliseconds);
  const reading = rounds.map((round) => round.reading);
  const commits = rounds.map((round) => round.commit);
  report({ what: "import 100,000 rows, upload and every check", measured: speed(reading), unit: "rows/s" });
  report({ what: "import 100,000 rows, commit with its record", measured: speed(commits), unit: "rows/s" });
  report({
    what: "import 100,000 rows, all of it",
    measured: speed(rounds.map((round) => round.reading + round.commit)),
    unit: "rows/s",
    atLeast: 20_000,
  });
  const usual = await peakWhileReading(workspace, 100_000);
  report({
    what: "memory of the server reading 300,000 rows; raw: reading 100,000",
    measured: await peakWhileReading(workspace, 300_000),
    raw: usual,
    unit: "MB",
    atMost: 1.25,
  });
}
