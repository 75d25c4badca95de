import { z } from "zod";

/** How many bytes of a table's rows are in one entry of the file; an entry says its length before it begins. */
export const pieceBytes = 512 * 1024;
/** What no entry is longer than, the two that describe the backup included. */
export const entryBytesMax = 4 * 1024 * 1024;

/** The first entry of a backup and the last one. */
export const headName = "backup.json";
export const manifestName = "manifest.json";

const names = z.string().min(1).max(63);
const count = z.number().int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What a backup begins with: of which schema it is, which long migrations its data still waits for (`unfinished`), and which tables
 * follow, parents before their children.
 */
export const headSchema = z.strictObject({
  format: z.literal("referrals-backup"),
  version: z.literal(1),
  created: z.iso.datetime(),
  postgres: z.string().max(100),
  migrations: z.array(z.strictObject({ name: z.string().max(200), checksum: digest })).min(1),
  unfinished: z.array(z.string().max(200)),
  tables: z.array(z.strictObject({ name: names, columns: z.array(names).min(1) })).min(1),
});

/** What a backup ends with. `sha256` is of a table's rows as text of COPY, in the order of its primary key. */
export const manifestSchema = z.strictObject({
  tables: z.array(z.strictObject({ name: names, rows: count, bytes: count, sha256: digest })),
  sequences: z.array(z.strictObject({ name: names, next: z.string().regex(/^[1-9]\d{0,18}$/) })),
});

export type Head = z.infer<typeof headSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

/** The folder in the file that holds a table's rows. */
export const tableFolder = (table: string) => `tables/${table}/`;

/** The name of a table's nth piece, from 1: sorted by name, pieces are in their order. */
export const pieceName = (table: string, nth: number) => `${tableFolder(table)}${String(nth).padStart(8, "0")}.copy`;
