import { createHash } from "node:crypto";
import { z } from "zod";
import { depthProblem } from "@/lib/attributes/limits";
import { idField, smallIdField } from "@/lib/codes/schema";

/** What a file to change codes keeps of a code beside its cells: which it is, and what its fields held when the file was made. */
export interface UploadKey {
  applicationId: number;
  campaignId: number;
  referralId: string;
  code: string;
  advocate: string;
  /** By the names of the log; what is not set is null or not there. */
  base: Record<string, unknown>;
}

/** The largest key, in characters: 64 kB of attributes and all else, as base64 of JSON. */
const keyMax = 400_000;
/** How many digits of its digest stand behind a key. */
export const digestDigits = 12;

const keyField = z
  .object({
    a: smallIdField,
    c: smallIdField,
    r: idField,
    k: z.string(),
    d: z.string(),
    v: z.record(z.string(), z.unknown()),
  })
  .transform(
    ({ a, c, r, k, d, v }): UploadKey => ({
      applicationId: a,
      campaignId: c,
      referralId: r,
      code: k,
      advocate: d,
      base: v,
    }),
  );

/** Whether a text of JSON holds what the database writes: it writes no escapes but of controls, and never NUL. */
function isStorable(json: string): boolean {
  return !/\\u(?!00[01])|\\u0000/i.test(json.replaceAll("\\\\", ""));
}

/**
 * Reads an upload key as `keySql` writes it; null for one that was cut or changed. The digest tells accidents, not forgers: whoever
 * uploads may edit, and a false base hides from them alone what others changed.
 */
export function readUploadKey(cell: string): UploadKey | null {
  if (cell.length > keyMax) return null;
  const [, packed, digest] = /^([A-Za-z0-9+/=]+)\.([0-9a-f]+)$/.exec(cell) ?? [];
  if (packed === undefined) return null;
  const bytes = Buffer.from(packed, "base64");
  if (createHash("sha256").update(bytes).digest("hex").slice(0, digestDigits) !== digest) return null;
  const json = bytes.toString("utf8");
  if (depthProblem(json) !== null || !isStorable(json)) return null;
  try {
    return keyField.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
