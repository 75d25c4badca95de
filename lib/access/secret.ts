import { randomBytes } from "node:crypto";
import { askQuickly, type Prepared } from "@/lib/db";

const kept: Prepared = {
  name: "signing_secret",
  idempotent: true,
  text: `INSERT INTO signing_secret (id, secret) VALUES (1, $1)
    ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING secret`,
};

let known: Promise<string> | undefined;

async function read(): Promise<string> {
  const set = process.env.AUTH_SECRET;
  if (set) return set;
  const [row] = await askQuickly<{ secret: string }>(kept, [randomBytes(32).toString("base64url")]);
  if (!row) throw new Error("the signing secret was not kept");
  return row.secret;
}

/** What cookies are signed with: `AUTH_SECRET`, else 32 random bytes that the database keeps for all its processes. Asked once. */
export function signingSecret(): Promise<string> {
  known ??= read().catch((error) => {
    known = undefined; // a database that was away is asked again
    throw error;
  });
  return known;
}
