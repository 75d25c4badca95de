import { once } from "node:events";
import { cpSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../temporary";
import { type EmbeddedDatabase, findEmbedded, startEmbedded } from "./server";

let outer: ReturnType<typeof temporaryFolder>;
let folder: string;
const running: EmbeddedDatabase[] = [];

async function start(place: string): Promise<EmbeddedDatabase> {
  const database = await startEmbedded(place);
  running.push(database);
  return database;
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: statement, rowMode: "array" })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

const fill = (url: string) => ask(url, "CREATE TABLE kept AS SELECT 42 AS answer");
const answer = (url: string) => ask(url, "SELECT answer FROM kept");
const place = (url: string) => ask(url, "SELECT current_setting('data_directory')");
const keyFile = () => join(folder, "postgres.json");

beforeEach(() => {
  outer = temporaryFolder();
  folder = join(outer.path, "data");
});

afterEach(async () => {
  for (const database of running.splice(0)) await database.stop();
  outer.remove();
});

test.each([
  ["empty", (path: string) => writeFileSync(path, "")],
  ["half-written", (path: string) => writeFileSync(path, readFileSync(path, "utf8").slice(0, 40))],
  ["something else", (path: string) => writeFileSync(path, "[1, 2]")],
  ["missing", (path: string) => rmSync(path)],
])("a postgres.json that is %s is made anew, and the data is there", async (_, damage) => {
  const first = await start(folder);
  await fill(first.url);
  await first.stop();
  damage(keyFile());
  const second = await start(folder);
  expect(await answer(second.url)).toBe(42);
  expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  await second.stop();
  expect(await answer((await start(folder)).url)).toBe(42);
});

test("a data folder that was copied while it ran has a server of its own, whose stop leaves the original's", async () => {
  const original = await start(folder);
  await fill(original.url);
  const copy = join(outer.path, "copy");
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  await ask(original.url, "UPDATE kept SET answer = 1");
  const copied = await start(copy);
  expect(await place(copied.url)).toBe(join(copy, "postgres"));
  expect(await answer(copied.url)).toBe(42);
  await copied.stop();
  expect(await place(original.url)).toBe(join(folder, "postgres"));
  expect(await answer(original.url)).toBe(1);
});

test("a copy of a stopped data folder is opened, and never the original", async () => {
  const original = await start(folder);
  await fill(original.url);
  await original.stop();
  const copy = join(outer.path, "copy");
  cpSync(folder, copy, { recursive: true });
  const copied = await start(copy);
  await ask(copied.url, "UPDATE kept SET answer = 1");
  expect(await answer((await start(folder)).url)).toBe(42);
});

test("a data folder that was moved is opened where it is", async () => {
  const first = await start(folder);
  await fill(first.url);
  await first.stop();
  const moved = join(outer.path, "moved");
  renameSync(folder, moved);
  const opened = await start(moved);
  expect(await answer(opened.url)).toBe(42);
  // the settings are those of this version, not of the one that made the folder
  expect(await ask(opened.url, "SHOW max_wal_size")).toBe("512MB");
});

test("a folder that was copied without its database is refused in words, and nothing is made", async () => {
  await (await start(folder)).stop();
  const copy = join(outer.path, "copy");
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith("/postgres") });
  await expect(start(copy)).rejects.toThrow(
    `The data folder ${copy} was copied or moved without its database, which is in ${join(folder, "postgres")}; copy or move that to`,
  );
  expect(statSync(join(copy, "postgres"), { throwIfNoEntry: false })).toBeUndefined();
});

test("a database without the file of its version is refused in words", async () => {
  await (await start(folder)).stop();
  rmSync(join(folder, "postgres", "PG_VERSION"));
  await expect(start(folder)).rejects.toThrow("is not whole: its file PG_VERSION is missing or damaged");
});

test("another process finds the database of a folder while it runs, and only then", async () => {
  expect(await findEmbedded(folder)).toBeUndefined();
  const database = await start(folder);
  expect(await findEmbedded(folder)).toBe(database.url);
  const copy = join(outer.path, "copy");
  cpSync(folder, copy, { recursive: true });
  expect(await findEmbedded(copy)).toBeUndefined();
  await database.stop();
  expect(await findEmbedded(folder)).toBeUndefined();
});

test("where another program has the remembered port, another one is taken", async () => {
  const first = await start(folder);
  await first.stop();
  const server = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
  await once(server, "listening");
  const second = await start(folder);
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
  server.close();
});
