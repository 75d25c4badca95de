import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

// The engine asks for these in PostgreSQL's one-byte "char", which the adapter does not know.
const kindColumns = ["constraint_type", "confdeltype", "confupdtype"];

/** The adapter, mended where the engine meets it. */
class MigrationAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    // A migration goes as it is, in one implicit transaction; the adapter would cut it at every semicolon.
    adapter.executeScript = async (sql) => {
      await adapter.executeRaw({ sql, args: [], argTypes: [] });
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

/**
 * Runs something with Prisma's own engine, compiled to WebAssembly: the same table and rules as `prisma migrate deploy`,
 * without its download. The engine's connections are closed afterwards.
 */
export async function withEngine<Result>(
  connectionString: string,
  run: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loaded ??= load(); // once per process: its bindings know one instance only
  const Engine = await loaded;
  const pool = new pg.Pool({ connectionString });
  pool.on("error", () => undefined); // reported by the statement that meets it
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(pool));
    const engine = await Engine.new({ datamodels: undefined }, () => undefined, factory);
    return await run(engine).finally(() => engine.free());
  } finally {
    await pool.end();
  }
}
