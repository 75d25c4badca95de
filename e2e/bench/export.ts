import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { to as copyTo } from "pg-copy-streams";
import { watchMemory } from "@/lib/testing/memory";
import { report } from "./figures";
import { median, time } from "./timing";
import type { Workspace } from "./workspace";

interface Download {
  /** In milliseconds, from the request on. */
  firstByte: number;
  total: number;
  bytes: number;
}

/** Over `node:http`, because `fetch` takes most of a processor for what is to be measured at the server's end. */
async function download({ scope, program }: Workspace): Promise<Download> {
  const began = performance.now();
  const url = `${program.address}/applications/${scope.applicationId}/campaigns/${scope.campaignId}/referrals/export`;
  const [answer] = (await once(get(url, { headers: { cookie: program.cookie } }), "response")) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`the export was answered ${answer.statusCode}`);
  let firstByte = 0;
  let bytes = 0;
  for await (const chunk of answer) {
    if (bytes === 0) firstByte = performance.now() - began;
    bytes += chunk.length;
  }
  return { firstByte, total: performance.now() - began, bytes };
}

/** The same columns of the same rows as PostgreSQL writes them: no order, no safe cells, no formats, no HTTP. */
async function rawCopy({ scope, raw }: Workspace): Promise<void> {
  const copy = raw.query(
    copyTo(
      `COPY (SELECT id, created, campaign_id, advocate_integration_id, friend_integration_id, valid_from, valid_until, code,
         import_id, attributes, batch_id, usage_counter, usage_limit FROM referral
       WHERE application_id = ${scope.applicationId} AND campaign_id = ${scope.campaignId}) TO STDOUT (FORMAT csv, HEADER true)`,
    ),
  );
  for await (const _ of copy) {
    // read and dropped, as the download is
  }
}

/** Export the whole campaign over HTTP, against COPY over one connection; speeds are of the exported file's bytes. */
export async function benchExport(workspace: Workspace): Promise<void> {
  const downloads: Download[] = [];
  const copies: number[] = [];
  const growths: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const { result, growth } = await watchMemory(workspace.program.pid, () => download(workspace));
    const copied = await time(() => rawCopy(workspace));
    if (round === 0) continue; // warm-up
    downloads.push(result);
    copies.push(copied);
    growths.push(growth);
  }
  const bytes = downloads[0]?.bytes ?? 0;
  const speed = (milliseconds: number) => (1000 * bytes) / milliseconds;
  report({
    what: "export the campaign as CSV, first byte",
    measured: median(downloads.map((one) => one.firstByte)),
    unit: "ms",
    atMost: 200,
  });
  report({
    what: "export the campaign as CSV; raw: COPY of the same rows and columns",
    measured: speed(median(downloads.map((one) => one.total))),
    raw: speed(median(copies)),
    unit: "MB/s",
    atLeast: 1 / 3,
  });
  report({
    what: `memory of the server above before, while it writes ${Math.round(bytes / 1e6)} MB`,
    measured: Math.max(...growths),
    unit: "MB",
    atMost: 64e6,
  });
}
