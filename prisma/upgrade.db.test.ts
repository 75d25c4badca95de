import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { searchKey } from "@/lib/codes/folding";
import { auditOf } from "@/lib/testing/audit";
import { emptyDatabase } from "@/lib/testing/database";
import { testLength } from "@/lib/testing/length";
import { migrations } from "./history";

// A database lives through every migration, and each schema that there ever was leaves rows in it: all of them are read, redeemed
// and undone today. An application is named after the migration behind which its rows were written, in the columns of that day.
const codes = 20 * testLength;
/** How many codes an application of the first schema has, which every migration meets. */
const many = 100_000;
const large = "many codes of the first schema";
const all = migrations();
let url: string;
let client: pg.Client;

beforeAll(async () => {
  url = await emptyDatabase();
  client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const { name, sql } of all) {
    await client.query(sql);
    await fill(name, codes);
    if (name === all[0]?.name) await fill(large, many);
  }
  await client.query(
    "SELECT setval(sequencename::regclass, 9e11::bigint) FROM pg_sequences WHERE data_type = 'bigint'::regtype",
  ); // ids were given here
});
afterAll(async () => {
  await client.end();
});

type Row = Record<string, unknown>;

/** Inserts rows, of their columns those that the table has today; returns the `id` of each. */
async function insert(table: string, rows: Row[]): Promise<unknown[]> {
  if (rows.length > 20_000)
    return [...(await insert(table, rows.slice(0, 20_000))), ...(await insert(table, rows.slice(20_000)))];
  const { rows: found } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  );
  const there = new Set(found.map(({ name }) => name));
  const columns = Object.keys(rows[0] ?? {}).filter((name) => there.has(name));
  const values = rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
  const names = columns.map((name) => `"${name}"`).join();
  const { rows: made } = await client.query<{ id: unknown }>(
    `INSERT INTO "${table}" (${names}) SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1)
     RETURNING ${there.has("id") ? "id" : "NULL AS id"}`,
    [JSON.stringify(values)],
  );
  return made.map(({ id }) => id);
}

/** Writes an application as a program of this schema wrote one: a batch of codes, on record, some of them redeemed. */
async function fill(name: string, size: number): Promise<void> {
  const now = new Date().toISOString();
  const by = { actor: "local", actor_kind: "person", actor_id: "local", actor_name: "local" };
  const [application_id] = await insert("application", [
    { name, time_zone: "UTC", case_sensitivity: "insensitive-uppercase", created: now },
  ]);
  const [campaign_id] = await insert("campaign", [{ ...campaignOf(application_id, now) }]);
  const place = { application_id, campaign_id };
  const counts = {
    matched: size,
    changed: size,
    same: 0,
    refused: 0,
    total: 0,
    done: 0,
    attempts: 0,
    unattended: false,
  };
  const [operation_id] = await insert("operation", [
    {
      ...place,
      ...by,
      ...counts,
      id: application_id,
      kind: "create",
      effect: "create",
      state: "applied",
      planned: now,
      applied: now,
    },
  ]);
  const batch_id = `batch${String(application_id)
    .padStart(3, "a")
    .replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "")}`;
  await insert("batch", [{ ...place, batch_id, operation_id, referral_count: 0, created: now, name: "", note: "" }]);
  const numbers = Array.from({ length: size }, (_, n) => n);
  const codeOf = (n: number) => `CODE-${n}`;
  const idOf = (n: number) => Number(application_id) * 10_000_000 + n;
  const referrals = numbers.map((n) => ({
    ...place,
    ...{
      id: idOf(n),
      code: codeOf(n),
      code_key: codeOf(n),
      code_search: searchKey(codeOf(n)),
      advocate_integration_id: `cust ${n}`,
    },
    ...{
      usage_limit: 5,
      usage_counter: n % 3,
      attributes: { tier: "gold" },
      batch_id,
      origin: "created",
      created: now,
    },
  }));
  await insert("referral", referrals);
  const after = {
    usageLimit: 5,
    validFrom: null,
    validUntil: null,
    friendIntegrationId: null,
    "attributes.tier": "gold",
  };
  await insert(
    "change",
    numbers.map((n) => ({ application_id, operation_id, referral_id: idOf(n), code: codeOf(n), after })),
  );
  const redeemed = numbers.flatMap((n) => Array.from({ length: n % 3 }, (_, which) => ({ n, which })));
  await insert(
    "redemption",
    redeemed.map(({ n, which }, at) => ({
      ...place,
      ...{
        id: Number(application_id) * 10_000_000 + at,
        referral_id: idOf(n),
        code: codeOf(n),
        created: now,
        amount: 1,
      },
      ...{
        friend_integration_id: `friend ${n} ${which}`,
        session_integration_id: `order ${n} ${which}`,
        taken_back: false,
      },
    })),
  );
}

const campaignOf = (application_id: unknown, created: string) => ({
  ...{
    application_id,
    id: application_id,
    name: "Refer a friend",
    description: "",
    state: "enabled",
    features: ["referrals"],
  },
  ...{ code_pattern: "####-####", code_characters: "ABCDEFGH", referral_count: 0, version: 1, created },
  ...{ link_pattern: "", share_text: "" },
});

/** The program of today, on that database. */
async function today() {
  process.env.DATABASE_URL = url;
  Reflect.deleteProperty(globalThis, "referralsDatabase");
  vi.resetModules();
  const { listReferrals } = await import("@/lib/referrals/list/queries");
  const { planUndo } = await import("@/lib/operations/undo");
  const { admitted } = await import("@/lib/testing/builders");
  const { db, closeDatabase } = await import("@/lib/db");
  const { workOnce } = await import("@/lib/testing/work");
  return { listReferrals, planUndo, admitted, db, closeDatabase, workOnce };
}

test("rows of every schema are listed, searched, counted and undone by the program of today", async () => {
  const { listReferrals, planUndo, admitted, db, closeDatabase, workOnce } = await today();
  while (await workOnce("worker")); // migrations in the background
  const applications = await db.application.findMany({ orderBy: { id: "asc" }, select: { id: true, name: true } });
  const [first = "", ...later] = all.map(({ name }) => name);
  expect(applications.map(({ name }) => name)).toEqual([first, large, ...later]);
  for (const { id, name } of applications) {
    const scope = admitted({ applicationId: id, campaignId: id });
    const asked = { filter: { search: "code-1" }, sort: "created" as const, zone: "UTC", now: new Date() };
    if (name === large) {
      expect(await db.referral.count({ where: { applicationId: id } })).toBe(many);
      expect((await listReferrals(scope, asked, { at: "first" }, codes)).rows).toHaveLength(codes);
      continue;
    }
    const { rows } = await listReferrals(scope, { ...asked, filter: {} }, { at: "first" }, codes);
    expect(rows.map(({ code, usageCounter }) => [code, usageCounter]).sort(), name).toEqual(
      Array.from({ length: codes }, (_, n) => [`CODE-${n}`, n % 3]).sort(),
    );
    const found = await listReferrals(scope, asked, { at: "first" }, codes);
    expect(found.rows.length, name).toBe(
      Array.from({ length: codes }, (_, n) => n).filter((n) => String(n).startsWith("1")).length,
    );
    const plan = await planUndo(scope, { operationId: String(id) });
    expect({ changed: plan.changed, refused: plan.refused }, name).toEqual({
      changed: Math.ceil(codes / 3),
      refused: codes - Math.ceil(codes / 3),
    });
  }
  expect(await auditOf(url)).toEqual([]);
  await closeDatabase();
});
