import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { z } from "zod";
import type { CampaignIds, Scope } from "@/lib/access/scope";
import { listAttributes } from "@/lib/attributes/queries";
import { Alike, recordedText } from "@/lib/codes/recorded";
import type { CaseRule } from "@/lib/codes/rules";
import { takeConnection } from "@/lib/db";
import { invalidField } from "@/lib/errors";
import { markDoubled, markGone, markRepeated, markTaken, planForFreshRows, summarize } from "@/lib/imports/checks";
import { columnChoices } from "@/lib/imports/choices";
import { advocateColumns, advocateLine, codeColumns, codeLine } from "@/lib/imports/copy-rows";
import type { FileFacts } from "@/lib/imports/file-facts";
import { advocatesFile, codesFile, type FileKind } from "@/lib/imports/file-kinds";
import { type CheckedRow, type ReadingRules, readImport } from "@/lib/imports/reader";
import type { readingField } from "@/lib/imports/schema";
import { linesProblem } from "@/lib/imports/wrong-lines";
import { campaignForWriting } from "@/lib/operations/scope";
import type { RowReason } from "@/lib/referrals/row-reasons";
import { slots } from "@/lib/slots";
import type { DateOrder } from "@/lib/written-date";

type Stager = Scope<"referrals.import"> | Scope<"referrals.create">;

/** An upload: its name, and its bytes as they come. */
interface UploadedFile {
  name: string;
  body: AsyncIterable<Uint8Array>;
}

/** What becomes of the rows of a file: how they are kept, and what is looked at when all are there. */
interface Staging {
  kind: FileKind;
  /** In which order numbers of dates are read, where somebody said so. */
  order?: DateOrder | null;
  /** Where the rows come from: the upload, or what is kept of a file. */
  rows: (rules: ReadingRules) => { facts: FileFacts; rows: AsyncIterable<CheckedRow[]> };
  /** Columns of `import_row`, and what stands in them of a row; nothing for one that is not kept. */
  columns: string;
  lineOf: (row: CheckedRow) => string;
  /** Throws where the file as a whole is refused. */
  check: (client: PoolClient, id: string, caseRule: CaseRule, facts: FileFacts) => Promise<void>;
}

const takeSlot = slots(3, { reason: "uploads_busy" });

/** How long a file may take to come, in milliseconds: one that stands still ends long before (`launch/connections.ts`). */
const uploadTimeout = 24 * 60 * 60_000;
/** How long checking what came may take, in milliseconds. */
const checkTimeout = 15 * 60_000;

async function* copyLines(
  of: string,
  groups: AsyncIterable<CheckedRow[]>,
  lineOf: Staging["lineOf"],
): AsyncGenerator<string> {
  for await (const rows of groups) {
    const lines = rows.map((row) => {
      const line = lineOf(row);
      return line && of + line;
    });
    const text = lines.join("");
    if (text !== "") yield text;
  }
}

async function openImport(client: PoolClient, { actor, ids }: Stager, fileName: string): Promise<string> {
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
  order: DateOrder | null,
): Promise<void> {
  await client.query(
    `UPDATE import SET file_size = $3, delimiter = $4, columns = $5, left_out = $6, assumed = $7, row_count = $8,
       blank_lines = $9, blank_limits = $10, reading = $11 WHERE application_id = $1 AND id = $2`,
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
      JSON.stringify(readingOf(facts, order)),
    ],
  );
  await client.query(summarize, [applicationId, id]);
}

/** How a file was read, as `readingField` has it. */
function readingOf(
  { encoding, matched, dates, changes }: FileFacts,
  order: DateOrder | null,
): z.input<typeof readingField> {
  return { encoding, ...matched, order, dates, changes };
}

/** A file that is staged: the import's id, and what was found. */
export interface StagedFile {
  importId: string;
  facts: FileFacts;
}

/**
 * Reads and checks a whole file and keeps its rows for the commit; nothing is written to referrals. One transaction: a
 * file that cannot be read, or whose upload breaks off, leaves nothing.
 * @param kind `exactCodesFile` for a program
 * @returns the import's id
 * @throws DomainError for an unknown campaign, and when the file as a whole cannot be read (see `readImport`)
 */
export async function stageImport(
  scope: Scope<"referrals.import">,
  { name, body }: UploadedFile,
  kind = codesFile,
): Promise<string> {
  return (await stageCodes(scope, { name, kind, rows: (rules) => readImport(body, rules, kind) })).importId;
}

/** The same of rows that come from anywhere, with what was found. */
export async function stageCodes(
  scope: Scope<"referrals.import">,
  file: Pick<Staging, "kind" | "order" | "rows"> & { name: string },
): Promise<StagedFile> {
  const { applicationId, campaignId } = scope.ids;
  const alike = new Alike();
  return stageFile(scope, file.name, {
    ...file,
    columns: codeColumns,
    lineOf: (row) => codeLine(row, alike),
    async check(client, id, caseRule, { changes }) {
      await client.query(planForFreshRows);
      if (changes) {
        await client.query(markDoubled, [applicationId, id]);
        await client.query(markGone, [applicationId, id, campaignId]);
        return;
      }
      await client.query(markRepeated(caseRule), [applicationId, id]);
      await client.query(markTaken(), [applicationId, id]);
      const given = [applicationId, id, recordedText(alike.fields)];
      await client.query("UPDATE import SET given = $3 WHERE application_id = $1 AND id = $2", given);
    },
  });
}

/**
 * The same for a list of advocates, whose codes are drawn when they are made: CSV with a column of Integration IDs, a code for
 * each row. A list with a wrong row is refused and leaves nothing.
 * @returns the list's id, by which `createReferrals` finds it within a day
 * @throws DomainError as above, `invalid` for the field `advocates` where rows are wrong
 */
export async function stageAdvocates(scope: Scope<"referrals.create">, file: UploadedFile): Promise<string> {
  let first: { line: number; reason: RowReason } | null = null;
  let [staged, wrong] = [0, 0];
  const digest = createHash("sha256");
  const { importId } = await stageFile(scope, file.name, {
    kind: advocatesFile,
    rows: (rules) => readImport(file.body, rules, advocatesFile),
    columns: advocateColumns,
    lineOf({ line, referral, problems: [problem] }) {
      const id = referral?.advocateIntegrationId;
      if (problem || !id) {
        first ??= { line, reason: problem?.reason ?? { reason: "row_without_advocate" } };
        wrong += 1;
        return "";
      }
      digest.update(staged > 0 ? `\n${id}` : id);
      staged += 1;
      return advocateLine(staged - 1, id);
    },
    async check(client, id) {
      if (first) throw invalidField(["advocates"], linesProblem(first, wrong));
      const kept = [scope.ids.applicationId, id, digest.digest("hex")];
      await client.query("UPDATE import SET advocates_digest = $3 WHERE application_id = $1 AND id = $2", kept);
    },
  });
  return importId;
}

async function stageFile(scope: Stager, name: string, staging: Staging): Promise<StagedFile> {
  const { caseRule, timeZone } = await campaignForWriting(scope);
  const definitions = await listAttributes(scope);
  const { kind, order = null } = staging;
  const choices = kind.asks ? await columnChoices(scope) : undefined;
  const { applicationId } = scope.ids;
  const freeSlot = takeSlot();
  try {
    return await inTransaction(async (client) => {
      const id = await openImport(client, scope, name);
      const { facts, rows } = staging.rows({ caseRule, definitions, timeZone, choices, order, place: scope.ids });
      await pipeline(
        Readable.from(copyLines(`${applicationId}\t${id}\t`, rows, staging.lineOf), { objectMode: false }),
        client.query(copyFrom(`COPY import_row (application_id, import_id, ${staging.columns}) FROM STDIN`)),
      );
      await client.query(`SET LOCAL statement_timeout = ${checkTimeout}`);
      await staging.check(client, id, caseRule, facts);
      await closeImport(client, scope.ids, id, facts, order);
      return { importId: id, facts };
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
