import { createHash, randomBytes } from "node:crypto";
import type { KeyKind } from "@/lib/keys/rules";

const prefixes: Record<KeyKind, string> = { integration: "rfi", management: "rfm" };

/** A new key: its text, which is shown once and kept nowhere, and what is kept of it. */
export function newKey(kind: KeyKind, applicationId: number): { key: string; hash: string; hint: string } {
  const secret = randomBytes(32).toString("base64url");
  const key = `${prefixes[kind]}_${applicationId}_${secret}`;
  return {
    key,
    hash: keyHash(key),
    hint: `${prefixes[kind]}_${applicationId}_${secret.slice(0, 4)}…${secret.slice(-4)}`,
  };
}

const shape = /^(rfi|rfm)_([1-9]\d{0,9})_[A-Za-z0-9_-]{43}$/;

/** What the text of a key says of itself; null for what is no key of ours. */
export function readKey(key: string): { kind: KeyKind; applicationId: number } | null {
  const match = shape.exec(key);
  const applicationId = Number(match?.[2]);
  if (!match || applicationId > 2_147_483_647) return null;
  return { kind: match[1] === prefixes.integration ? "integration" : "management", applicationId };
}

/** What is kept of a key. Its 256 random bits need no slow hash: they cannot be guessed one by one. */
export function keyHash(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
