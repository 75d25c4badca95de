import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { updateSession } from "@/lib/sessions/update";
import { backupFiles, contentsOf, onDatabase, rowsOf } from "@/lib/testing/backups";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { anotherDatabase, emptyDatabase } from "@/lib/testing/database";
import { makeShop } from "@/lib/testing/shop";
import { isCurrent, migrations, readHistory } from "@/prisma/history";
import { migrate } from "@/prisma/migrate";
import { seedDemo } from "@/prisma/seed";
import { readArchive } from "./archive";
import { manifestName, manifestSchema } from "./format";
import { makeBackup } from "./make";
import { readTables, schemaTables } from "./tables";

const files = backupFiles();
const source = process.env.DATABASE_URL ?? "";

/** Codes whose texts are what formats of rows trip over. */
async function addHostileCodes(): Promise<void> {
  const hostile = ["\\N", "\\.", "a\tb\nc\r\\", "", " ", '"{}"', "\u0001\u007f", "\u{1f600}\u200d", "\u2028", "=1+1"];
  const texts = fc.sample(fc.string({ unit: "grapheme", maxLength: 60 }), { numRuns: 400, seed: 7 });
  const clean = [...hostile, ...texts].map((text) => text.replaceAll("\0", "").toWellFormed());
  await makeBatch(
    await makeCampaign(),
    clean.map((text, nth) => ({
      code: `HOSTILE-${nth}`,
      attributes: { note: text },
      validUntil: "2031-02-03T04:05:06.789Z",
    })),
  );
}

beforeAll(async () => {
  await seedDemo();
  await makeShop();
  await addHostileCodes();
}, 120_000);

afterAll(() => files.remove());

async function manifestOf(path: string) {
  for await (const { name, body } of readArchive(path))
    if (name === manifestName) return manifestSchema.parse(JSON.parse(body.toString()));
  return expect.fail("there is no manifest");
}

test("what is restored is what was backed up: every row of every table, and every sequence", async () => {
  const path = await files.backup(source);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const target = await emptyDatabase();
  const { migrations: applied, rows } = await files.restore(target, path);
  expect(applied).toEqual([]);
  const contents = await contentsOf(source);
  expect(rows).toBeGreaterThan(1000);
  expect(await contentsOf(target)).toEqual(contents);
  // and a backup of it has the same digests, which is how an operator can tell
  expect(await manifestOf(await files.backup(target))).toEqual(await manifestOf(path));
});

test("a restored database has its indexes and triggers, and its long migrations wait for the worker", async () => {
  const target = await anotherDatabase();
  const described = `
    SELECT indexdef AS text FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY 1`;
  const before = await rowsOf(target, described);
  await rowsOf(target, "UPDATE background_migration SET started = now(), finished = now()");
  await files.restore(target, await files.backup(source));
  expect(await rowsOf(target, described)).toEqual(before);
  expect(before.length).toBeGreaterThan(40);
  const waiting = await rowsOf(
    target,
    "SELECT name FROM background_migration WHERE finished IS NULL AND started IS NULL",
  );
  expect(waiting).toEqual(await rowsOf(target, "SELECT name FROM background_migration"));
  expect(waiting.length).toBeGreaterThan(0);
});

test("a backup that is made while shops redeem is of one moment: counters and ledger agree", async () => {
  const shop = await makeShop(60);
  let going = true;
  let closed = 0;
  const writer = async (friend: string) => {
    for (let nth = 0; going; nth += 1) {
      const referralCode = shop.codes[nth % shop.codes.length] ?? "";
      const session = `${friend} ${nth}`;
      await updateSession(admitted(shop), session, { state: "closed", profileId: session, referralCode });
      closed += 1;
    }
  };
  const writers = ["a", "b", "c", "d"].map(writer);
  const paths: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) paths.push(await files.backup(source));
  going = false;
  await Promise.all(writers);
  expect(closed).toBeGreaterThan(0);
  const sums: unknown[] = [];
  for (const path of paths) {
    const target = await emptyDatabase();
    await files.restore(target, path);
    const wrong = await rowsOf(
      target,
      `SELECT r.code FROM referral r
       LEFT JOIN (SELECT application_id, referral_id, sum(amount) AS n FROM redemption GROUP BY 1, 2) l
         ON l.application_id = r.application_id AND l.referral_id = r.id
       LEFT JOIN redeemed d ON d.application_id = r.application_id AND d.campaign_id = r.campaign_id AND d.id = r.id
       WHERE r.application_id = ${shop.applicationId}
         AND (r.usage_counter, r.usage_counter) IS DISTINCT FROM (coalesce(l.n, 0), coalesce(d.usage_counter, 0))`,
    );
    expect(wrong).toEqual([]);
    const orphans = await rowsOf(
      target,
      `SELECT id FROM customer_session s WHERE redemption_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM redemption r WHERE r.application_id = s.application_id AND r.id = s.redemption_id)`,
    );
    expect(orphans).toEqual([]);
    sums.push((await rowsOf(target, "SELECT sum(usage_counter)::int AS n FROM referral"))[0]?.n);
    await rowsOf(target, "INSERT INTO application (name, time_zone) VALUES ('next', 'UTC')"); // its number is free
  }
  expect(sums).toEqual([...sums].sort((one, other) => Number(one) - Number(other)));
});

test("a backup of an older version is restored and then brought to this one", async () => {
  const older = migrations()
    .map(({ name }) => name)
    .slice(0, -8);
  const from = await emptyDatabase();
  await migrate(from, older);
  await rowsOf(
    from,
    `INSERT INTO application (id, name, time_zone) VALUES (7, 'Old shop', 'UTC');
     INSERT INTO campaign (application_id, id, name, features) VALUES (7, 9, 'Old', '{referrals}')`,
  );
  const target = await emptyDatabase();
  const { migrations: applied } = await files.restore(target, await files.backup(from));
  expect(applied).toHaveLength(8);
  expect(await rowsOf(target, "SELECT id, name FROM campaign")).toEqual([{ id: 9, name: "Old" }]);
  expect(await onDatabase(target, async (client) => isCurrent(await readHistory(client)))).toBe(true);
});

test("a long migration that had not finished goes on after a restore", async () => {
  const from = await emptyDatabase();
  await migrate(from);
  await rowsOf(
    from,
    `INSERT INTO application (id, name, time_zone) VALUES (1, 'Shop', 'UTC');
     INSERT INTO background_migration (name) VALUES ('20261128235200_tallies') ON CONFLICT (name) DO UPDATE SET finished = NULL;
     UPDATE background_migration SET finished = now() WHERE name <> '20261128235200_tallies'`,
  );
  const target = await emptyDatabase();
  await files.restore(target, await files.backup(from));
  expect(
    await rowsOf(target, "SELECT name FROM background_migration WHERE finished IS NULL AND name LIKE '%_tallies'"),
  ).toHaveLength(1);
});

test("every table of the schema is in a backup, but for those that say how far the schema is", async () => {
  await onDatabase(await anotherDatabase(), async (client) => {
    const { rows } = await client.query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
    const { tables, foreign } = await readTables(client);
    expect([...tables.map(({ name }) => name), ...schemaTables].sort()).toEqual(rows.map(({ name }) => name).sort());
    expect(foreign).toEqual([]);
    expect(tables.filter(({ order }) => !order)).toEqual([]); // each has a primary key, by which its rows are in order
  });
});

test("tables that are not of Referrals stay out, and are told", async () => {
  const from = await anotherDatabase();
  await rowsOf(from, "CREATE TABLE report (id int); INSERT INTO application (name, time_zone) VALUES ('Shop', 'UTC')");
  const { foreign, rows } = await onDatabase(from, (client) => makeBackup(client, files.nextPath()));
  expect({ foreign, rows }).toEqual({ foreign: ["report"], rows: 1 });
});

test("a backup that is being made is left alone by another one into the same file", async () => {
  const path = files.nextPath();
  writeFileSync(`${path}.unfinished`, "half of it");
  await expect(onDatabase(source, (client) => makeBackup(client, path))).rejects.toThrow(
    `There is ${path}.unfinished: a backup into this file is being made, or was killed.`,
  );
  expect(readFileSync(`${path}.unfinished`, "utf8")).toBe("half of it");
});

test("nothing is written over, and nothing is left of a backup that could not be made", async () => {
  const path = await files.backup(source);
  await expect(onDatabase(source, (client) => makeBackup(client, path))).rejects.toThrow("was made meanwhile");
  const other = files.nextPath();
  const nothing = await emptyDatabase();
  await expect(onDatabase(nothing, (client) => makeBackup(client, other))).rejects.toThrow("nothing to back up");
  await rowsOf(nothing, "CREATE TABLE orders (id int)");
  await expect(onDatabase(nothing, (client) => makeBackup(client, other))).rejects.toThrow("nothing to back up");
  const newer = await anotherDatabase();
  await rowsOf(
    newer,
    "UPDATE _prisma_migrations SET migration_name = '29990101000000_later' WHERE migration_name LIKE '%_init'",
  );
  await expect(onDatabase(newer, (client) => makeBackup(client, other))).rejects.toThrow("29990101000000_later");
  expect([other, `${other}.unfinished`, `${path}.unfinished`].filter(existsSync)).toEqual([]);
});
