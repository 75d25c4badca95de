import { expect, test } from "vitest";
import { newRequestKey } from "./request-key";
import { requestKeyField } from "./schema";

test("keys are UUIDs that the actions accept, each another one", () => {
  const keys = Array.from({ length: 1000 }, newRequestKey);
  for (const key of keys) expect(requestKeyField.safeParse(key).success, key).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);
});
