import type { Sentences } from "@/lib/say";

/** Why a key is not made or not replaced. */
export type KeyReason =
  | { reason: "key_expires_in_past" }
  | { reason: "keys_full"; count: number }
  | { reason: "key_ended"; name: string }
  | { reason: "key_replaced"; name: string; hint: string }
  | { reason: "key_unknown"; keyId: string };

export const keySentences: Sentences<KeyReason> = {
  key_expires_in_past: () => "This end has passed; choose one that lies ahead.",
  keys_full: ({ count }) => `This application has ${count} keys, the most it can have. Revoke those that nobody uses.`,
  key_ended: ({ name }) => `“${name}” works no more; make a new key instead.`,
  key_replaced: ({ name, hint }) => `“${name}” has a next key already, ${hint}. Use that one, or revoke it first.`,
  key_unknown: ({ keyId }) => `There is no API key ${keyId} in this application.`,
};
