"use server";

import { defineAction } from "@/lib/action";
import { createKey, revokeKey, rotateKey } from "@/lib/keys/commands";
import { createKeyInput, keyInput } from "@/lib/keys/schema";

/** Makes an API key; its text is in this answer and nowhere else. */
export const createKeyAction = defineAction({
  input: createKeyInput,
  permission: "keys.write",
  run: createKey,
});

/** Makes the next key in place of one, which works on. */
export const rotateKeyAction = defineAction({
  input: keyInput,
  permission: "keys.write",
  run: rotateKey,
});

/** Ends a key. */
export const revokeKeyAction = defineAction({
  input: keyInput,
  permission: "keys.write",
  run: revokeKey,
});
