import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { CampaignIds, Scope } from "@/lib/access/scope";
import { listAttributes } from "@/lib/attributes/queries";
import { advocateKey, searchKey } from "@/lib/codes/folding";
import { takeConnection } from "@/lib/db";
import { markRepeated, markTaken, planForFreshRows, summarize } from "@/lib/imports/checks";
import { type CheckedRow, type FileFacts, readImport } from "@/lib/imports/reader";
import { recordedRow } from "@/lib/imports/recorded";
import { campaignForWriting } from "@/lib/operations/scope";
import { slots } from "@/lib/slots";

const takeSlot = slots(3, "Other files are being read at the moment. Try again in a minute.");

/** How long a file may take to come, in milliseconds: one that stands still ends long before (`launch/connections.ts`). */
const uploadTimeout = 24 * 60 * 60_000;
/** How long checking what came may take, in milliseconds. */
const checkTimeout = 15 * 60_000;

function copyText(value: string): string {
  if (!/[\\\t\n\r]/.test(value)) return value;
  return value.replace(/[\\\t\n\r]/g, (one) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n" })[one] ?? "\\r");
}

const nothing = "\\N";

/** A row for COPY. What is of digits, letters and punctuation alone (codes, limits, times) needs no escaping. */
function copyLine(prefix: string, { line, raw, referral, problems }: CheckedRow): string {
  const said = problems.length > 0 ? copyText(JSON.stringify(problems)) : nothing;
  if (!referral) {
    return `${prefix}${line}\t${copyText(raw)}\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t${said}\n`;
  }
  const { code, advocateIntegrationId, usageLimit, attributes } = referral;
  const validFrom = referral.validFrom?.toISOString() ?? nothing;
  const validUntil = referral.validUntil?.toISOString() ?? nothing;
  const codes = code === null ? "\\N\t\\N" : `${code}\t${searchKey(code)}`;
  const folded = advocateIntegrationId === null ? null : advocateKey(code, advocateIntegrationId);
  const advocates = [advocateIntegrationId, folded].map((one) => (one === null ? nothing : copyText(one))).join("\t");
  const values = attributes === null ? nothing : copyText(JSON.stringify(attributes));
  const recorded = problems.length > 0 ? nothing : copyText(recordedRow(referral));
  return `${prefix}${line}\t${copyText(raw)}\t${codes}\t${advocates}\t${usageLimit ?? nothing}\t${validFrom}\t${validUntil}\t${values}\t${recorded}\t${said}\n`;
}

async function* copyLines(prefix: string, groups: AsyncIterable<CheckedRow[]>): AsyncGenerator<string> {
  for await (const rows of groups) {
    if (rows.length > 0) yield rows.map((row) => copyLine(prefix, row)).join("");
  }
}

async function openImport(
  client: PoolClient,
  { actor, ids }: Scope<"referrals.import">,
  fileName: string,
): Promise<string> {
  const opened = await client.query<{ id: string }>(
    `INSERT INTO import (application_id, campaign_id, actor_kind, actor_id, actor_name, file_name)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [ids.applicationId, ids.campaignId, actor.kind, actor.id, actor.name, fileName],
  );
  const [row] = opened.rows;
  if (!row) throw new Error("the import was not opened");
  return row.id;
}

async function closeImport(
  client: PoolClient,
  { applicationId }: CampaignIds,
  id: string,
  facts: FileFacts,
): Promise<void> {
  await client.query(
    `UPDATE import SET file_size = $3, delimiter = $4, columns = $5, left_out = $6, assumed = $7, row_count = $8,
       blank_lines = $9, blank_limits = $10 WHERE application_id = $1 AND id = $2`,
    [
      applicationId,
      id,
      facts.bytes,
      facts.delimiter,
      facts.columns,
      JSON.stringify(facts.leftOut),
      facts.assumed,
      facts.rows,
      facts.blankLines,
      facts.blankLimits,
    ],
  );
  await client.query(summarize, [applicationId, id]);
}

/**
 * Reads and checks a whole file and keeps its rows for the commit; nothing is written to referrals. One transaction: a
 * file that cannot be read, or whose upload breaks off, leaves nothing.
 * @returns the import's id
 * @throws DomainError for an unknown campaign, and when the file as a whole cannot be read (see `readImport`)
 */
export async function stageImport(
  scope: Scope<"referrals.import">,
  file: { name: string; body: AsyncIterable<Uint8Array> },
): Promise<string> {
  const { caseRule, timeZone } = await campaignForWriting(scope);
  const definitions = await listAttributes(scope);
  const { applicationId } = scope.ids;
  const freeSlot = takeSlot();
  try {
    return await inTransaction(async (client) => {
      const id = await openImport(client, scope, file.name);
      const { facts, rows } = readImport(file.body, { caseRule, definitions, timeZone });
      await pipeline(
        Readable.from(copyLines(`${applicationId}\t${id}\t`, rows), { objectMode: false }),
        client.query(
          copyFrom(
            `COPY import_row (application_id, import_id, line, raw, code, code_search, advocate_integration_id, advocate_search,
               usage_limit, valid_from, valid_until, attributes, recorded, problems) FROM STDIN`,
          ),
        ),
      );
      await client.query(`SET LOCAL statement_timeout = ${checkTimeout}`);
      await client.query(planForFreshRows);
      await client.query(markRepeated(caseRule), [applicationId, id]);
      await client.query(markTaken(), [applicationId, id]);
      await closeImport(client, scope.ids, id, facts);
      return id;
    });
  } finally {
    freeSlot();
  }
}

async function inTransaction<T>(run: (client: PoolClient) => Promise<T>): Promise<T> {
  const { client, giveBack } = await takeConnection();
  try {
    await client.query("BEGIN");
    await client.query(`SET LOCAL statement_timeout = ${uploadTimeout}`);
    const result = await run(client);
    await client.query("COMMIT");
    giveBack(false);
    return result;
  } catch (error) {
    giveBack(true); // closing the connection rolls back, whatever state the COPY is in
    throw error;
  }
}
