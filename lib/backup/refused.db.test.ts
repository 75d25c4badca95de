import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backupFiles, contentsOf, rowsOf } from "@/lib/testing/backups";
import { anotherDatabase, emptyDatabase } from "@/lib/testing/database";
import { makeShop } from "@/lib/testing/shop";
import { migrations } from "@/prisma/history";
import { migrate } from "@/prisma/migrate";
import { seedDemo } from "@/prisma/seed";
import type { Entry } from "./archive";
import { headName, manifestName } from "./format";

const files = backupFiles();
let whole = "";
let target = "";
let untouched: Record<string, unknown> = {};

beforeAll(async () => {
  await seedDemo();
  await makeShop();
  whole = await files.backup(process.env.DATABASE_URL ?? "");
  target = await anotherDatabase();
  untouched = await contentsOf(target);
}, 120_000);

afterAll(() => files.remove());

/** What a restore of a file into the empty database says, after which that is as it was. */
async function refusal(path: string): Promise<string> {
  const said = await files.restore(target, path).then(
    () => "restored",
    (error: Error) => `${error.name}: ${error.message}`,
  );
  expect(await contentsOf(target)).toEqual(untouched);
  return said;
}

function damaged(change: (bytes: Buffer) => Buffer): string {
  const path = files.nextPath();
  writeFileSync(path, change(Buffer.from(readFileSync(whole))));
  return path;
}

const parts = [0.1, 0.3, 0.5, 0.7, 0.9];
const named = /^BackupProblem: .*cannot be restored: (in|after) the table \w+, .+\. Nothing was restored/;

test.each(parts)("a file that is cut off at %f of its length is refused by the table where that is", async (part) => {
  const said = await refusal(damaged((bytes) => bytes.subarray(0, Math.floor(bytes.length * part))));
  expect(said).toMatch(named);
  expect(said).toContain("it is cut off");
});

test("a file whose last bytes are missing is refused, although all rows are there", async () => {
  for (const missing of [1, 4, 8, 40]) {
    const said = await refusal(damaged((bytes) => bytes.subarray(0, bytes.length - missing)));
    expect(said).toMatch(named);
  }
});

test.each(parts)(
  "a file with a flipped bit at %f of its length is refused by the table where that is",
  async (part) => {
    for (const bit of [0, 3, 7]) {
      const said = await refusal(
        damaged((bytes) => {
          const at = Math.floor(bytes.length * part);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
          return bytes;
        }),
      );
      expect(said).toMatch(named);
    }
  },
);

test("a flipped bit in the digest that gzip keeps at its end is seen", async () => {
  const said = await refusal(
    damaged((bytes) => {
      bytes[bytes.length - 6] = (bytes.at(-6) ?? 0) ^ 1;
      return bytes;
    }),
  );
  expect(said).toMatch(named);
});

const inTable = (table: string) => (entry: Entry) => entry.name.startsWith(`tables/${table}/`);
const text = (entry: Entry, change: (text: string) => string): Entry => ({
  ...entry,
  body: Buffer.from(change(entry.body.toString())),
});
const json = (entry: Entry, change: (value: Record<string, never>) => unknown): Entry =>
  text(entry, (body) => JSON.stringify(change(JSON.parse(body))));

test.each<[string, (entry: Entry) => Entry | null, RegExp]>([
  [
    "a changed value",
    (e) => (inTable("campaign")(e) ? text(e, (t) => t.replace("friend", "fiend")) : e),
    /rows of the table campaign are not/,
  ],
  [
    "a value of another type",
    (e) => (inTable("redemption")(e) ? text(e, (t) => `x${t}`) : e),
    /in the table redemption, .*invalid input syntax/,
  ],
  [
    "a row twice",
    (e) => (inTable("customer_profile")(e) ? text(e, (t) => t + t) : e),
    /in the table customer_profile, .*duplicate key/,
  ],
  ["rows left out", (e) => (inTable("code_tally")(e) ? null : e), /rows of the table code_tally are not/],
  ["a parent left out", (e) => (inTable("campaign")(e) ? null : e), /in the table \w+, .*violates foreign key/],
  [
    "no end",
    (e) => (e.name === manifestName ? null : e),
    /after the table \w+, what follows is not what a backup ends with/,
  ],
  [
    "a table it should not have",
    (e) =>
      e.name === headName ? json(e, (h) => ({ ...h, tables: [{ name: "_prisma_migrations", columns: ["id"] }] })) : e,
    /table _prisma_migrations is not as/,
  ],
  [
    "a table that is unknown",
    (e) =>
      e.name === headName
        ? json(e, (h) => ({ ...h, tables: [{ name: 'x"; DROP TABLE referral; --', columns: ["id"] }] }))
        : e,
    /is not as its version/,
  ],
  [
    "a sequence left out",
    (e) => (e.name === manifestName ? json(e, (m) => ({ ...m, sequences: [] })) : e),
    /its sequences are not/,
  ],
])("a file with %s is refused by name", async (_name, change, says) => {
  expect(await refusal(await files.rewritten(whole, change))).toMatch(says);
});

test.each<[string, () => Buffer]>([
  ["empty", () => Buffer.alloc(0)],
  ["text", () => Buffer.from("id,code\n1,A\n")],
  ["another gzip file", () => gzipSync("id,code\n1,A\n")],
  ["a long one", () => gzipSync(Buffer.alloc(3_000_000, "x"))],
])("a file that is %s is no backup", async (_name, content) => {
  expect(await refusal(damaged(content))).toContain("is no backup of Referrals. Nothing was changed.");
});

test("a backup of a newer version is refused with the mend, and so is one whose migration was another", async () => {
  const { name: last } = migrations().at(-1) ?? { name: "" };
  const withMigration = (change: (text: string) => string) =>
    files.rewritten(whole, (entry) => (entry.name === headName ? text(entry, change) : entry));
  expect(await refusal(await withMigration((t) => t.replace(last, "29990101000000_later")))).toMatch(
    /of a newer version of Referrals \(29990101000000_later is unknown to this one\); restore it with that version/,
  );
  const { checksum } = migrations().at(-1) ?? { checksum: "" };
  expect(await refusal(await withMigration((t) => t.replace(checksum, "0".repeat(64))))).toContain(last);
});

test("a database that holds anything is left as it is", async () => {
  const filled = await anotherDatabase();
  await rowsOf(filled, "INSERT INTO application (name, time_zone) VALUES ('Shop', 'UTC')");
  const before = await contentsOf(filled);
  await expect(files.restore(filled, whole)).rejects.toThrow(
    /The database is not empty: the table application has rows\. Nothing was changed; restore into an empty database/,
  );
  expect(await contentsOf(filled)).toEqual(before);
});

test("a database of something else, or with a newer schema than the backup's, is left as it is", async () => {
  const other = await emptyDatabase();
  await rowsOf(other, "CREATE TABLE orders (id int)");
  await expect(files.restore(other, whole)).rejects.toThrow("holds tables that are not of Referrals");
  const from = await emptyDatabase();
  await migrate(
    from,
    migrations()
      .map(({ name }) => name)
      .slice(0, -2),
  );
  await rowsOf(from, "INSERT INTO application (name, time_zone) VALUES ('Old shop', 'UTC')");
  await expect(files.restore(target, await files.backup(from))).rejects.toThrow("has a newer schema than the backup");
});

test("the same database, after all of that, takes the whole file", async () => {
  await files.restore(target, whole);
  expect(await contentsOf(target)).toEqual(await contentsOf(process.env.DATABASE_URL ?? ""));
});
