import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

// The engine asks for these in PostgreSQL's one-byte "char", which the adapter does not know.
const kindColumns = ["constraint_type", "confdeltype", "confupdtype"];

/** A statement gave way: somebody else held its table for longer than it waits. */
export class LockWaitOver extends Error {
  override readonly name = "LockWaitOver";
}

/** The adapter, mended where the engine meets it. */
class MigrationAdapter extends PrismaPg {
  /** Whether a migration gave way to a lock; of its error the engine hands on the words alone. */
  gaveWay = false;

  override async connect() {
    const adapter = await super.connect();
    // A migration goes as it is, in one implicit transaction; the adapter would cut it at every semicolon.
    adapter.executeScript = async (sql) => {
      await adapter.executeRaw({ sql, args: [], argTypes: [] }).catch((error: unknown) => {
        const { cause } = error as { cause?: { originalCode?: string } };
        this.gaveWay = cause?.originalCode === "55P03"; // lock_not_available
        throw error;
      });
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const sql = query.sql
        .replace("constr.contype AS", "constr.contype::text AS")
        .replace(/\bcon\.(confdeltype|confupdtype),/g, "con.$1::text AS $1,");
      const result = await queryRaw({ ...query, sql });
      const columnTypes = result.columnTypes.map((type, index) =>
        kindColumns.includes(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  }
}

async function load() {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const name = "@prisma/schema-engine-wasm/schema_engine_bg";
  const script = createRequire(join(process.cwd(), "package.json")).resolve(name);
  const code = await WebAssembly.compile(await readFile(script.replace(/\.js$/, ".wasm")));
  const { exports } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return bindings.SchemaEngine;
}

let loaded: ReturnType<typeof load> | undefined;

/** How long a statement waits for a lock, in milliseconds: whatever asks for the table meanwhile waits behind it. */
const lockPatience = 2000;

/**
 * Runs something with Prisma's own engine, compiled to WebAssembly: the same table and rules as `prisma migrate deploy`,
 * without its download. The engine's connections are closed afterwards.
 * @throws LockWaitOver, or what `run` throws
 */
export async function withEngine<Result>(
  connectionString: string,
  run: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loaded ??= load(); // once per process: its bindings know one instance only
  const Engine = await loaded;
  const pool = new pg.Pool({ connectionString, options: `-c lock_timeout=${lockPatience}` });
  pool.on("error", () => undefined); // reported by the statement that meets it
  try {
    const adapter = new MigrationAdapter(pool);
    const engine = await Engine.new(
      { datamodels: undefined },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(adapter),
    );
    return await run(engine)
      .catch((error: unknown) => {
        throw adapter.gaveWay ? new LockWaitOver("", { cause: error }) : error;
      })
      .finally(() => engine.free());
  } finally {
    await pool.end();
  }
}
