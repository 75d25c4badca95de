import { expect, test } from "vitest";
import { keyKinds } from "./rules";
import { keyHash, newKey, readKey } from "./secret";

test.each(keyKinds)("an %s key says its kind and application, and its hash and hint do not say the key", (kind) => {
  const { key, hash, hint } = newKey(kind, 42);
  expect(readKey(key)).toEqual({ kind, applicationId: 42 });
  expect(hash).toBe(keyHash(key));
  expect(hash).not.toContain(key.slice(-43));
  const secret = key.split("_").slice(2).join("_");
  expect(hint).toBe(`${key.slice(0, 7)}${secret.slice(0, 4)}…${secret.slice(-4)}`);
});

test("no two keys are alike", () => {
  const keys = Array.from({ length: 1000 }, () => newKey("integration", 1).key);
  expect(new Set(keys).size).toBe(1000);
});

test("what is no key of ours is told by its shape, whatever its length", () => {
  const { key } = newKey("integration", 1);
  const wrong = ["", "x", key.slice(1), `${key}A`, key.slice(0, -1), key.replace("rfi", "rfx"), ` ${key}`, `${key}\n`];
  const applications = [key.replace("_1_", "_0_"), key.replace("_1_", "_01_"), key.replace("_1_", "_2147483648_")];
  for (const text of [...wrong, ...applications, "rfi_1_".padEnd(1_000_000, "a")]) expect(readKey(text)).toBeNull();
});
