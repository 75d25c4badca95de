import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./install.mjs";

const folder = "lib/generated/prisma";
const record = join(folder, "sources");

/**
 * Generates the Prisma client unless it is of this schema and these packages.
 * Prisma would fetch an engine that generating does not use; any executable in its place spares the download.
 * @throws {Refusal} when the schema is wrong
 */
export function generateClient() {
  const hash = createHash("sha256");
  for (const path of ["package-lock.json", "prisma/schema.prisma", "lib/launch/client.mjs"])
    hash.update(readFileSync(path)).update("\0");
  const fingerprint = hash.digest("hex");
  if (existsSync(record) && readFileSync(record, "utf8") === fingerprint) return;
  const began = Date.now();
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/prisma/build/index.js", "generate", "--no-hints"],
    {
      encoding: "utf8",
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
    },
  );
  if (signal) process.exit(130);
  if (status !== 0)
    throw new Refusal(`${stdout}${stderr}`.trim().concat("\nThe database client could not be generated."));
  unpackCompiler();
  writeFileSync(record, fingerprint);
  console.log(`  Client      generated in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/**
 * Lets the client read its query compiler from a file: as text in a module, as Prisma ships it, it stays in memory, twice.
 * @throws {Error} when a version of Prisma generates something else
 */
function unpackCompiler() {
  const client = join(folder, "internal/class.ts");
  const compiler = `${folder}/query-compiler.wasm`;
  const source = readFileSync(client, "utf8");
  const shipped =
    /const \{ wasm \} = await import\("(@prisma\/client\/runtime\/[\w.-]+)"\)\s+return await decodeBase64AsWasm\(wasm\)/;
  const [whole, name] = shipped.exec(source) ?? [];
  const text = name && /"([A-Za-z0-9+/=]{1000,})"/.exec(readFileSync(join("node_modules", name), "utf8"))?.[1];
  if (!whole || !text) throw new Error("Prisma ships its query compiler in another way: mend lib/launch/client.mjs.");
  writeFileSync(compiler, Buffer.from(text, "base64"));
  const read = `const { readFile } = await import("node:fs/promises")
    return new WebAssembly.Module(await readFile("${compiler}"))`;
  writeFileSync(client, source.replace(whole, read));
}
