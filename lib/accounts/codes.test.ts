import { base32 } from "@better-auth/utils/base32";
import { expect, test } from "vitest";
import { newRecoveryCodes, newSecret, recoveryHash, secretAddress, stepOf } from "@/lib/accounts/codes";

const rfc = base32.encode(new TextEncoder().encode("12345678901234567890"), { padding: false });

// RFC 6238, appendix B: the last six of its eight digits.
test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
])("at %i s the code is %s", async (seconds, code) => {
  expect(await stepOf(rfc, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

test("a code counts in its own step and in those beside it, and in no other", async () => {
  const at = (offset: number) => stepOf(rfc, "050471", (1_111_111_111 + offset) * 1000);
  const step = Math.floor(1_111_111_111 / 30);
  expect(await Promise.all([at(-30), at(0), at(30)])).toEqual([step, step, step]);
  expect(await Promise.all([at(-60), at(60)])).toEqual([null, null]);
});

test.each(["", "05047", "0504711", "050472", "０５０４７１", "abcdef"])("“%s” is no code", async (code) => {
  expect(await stepOf(rfc, code, 1_111_111_111_000)).toBeNull();
});

test("an app is told the secret, and what to call it", () => {
  const secret = newSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const address = new URL(secretAddress(secret, "maria+test@example.com"));
  expect(decodeURIComponent(address.pathname)).toContain("Referrals:maria+test@example.com");
  expect(Object.fromEntries(address.searchParams)).toEqual({ secret, issuer: "Referrals", digits: "6", period: "30" });
});

test("ten recovery codes differ, and their dashes do not count", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([2-9a-hj-km-z]{4}-){3}[2-9a-hj-km-z]{4}$/);
  const [code = ""] = codes;
  expect(recoveryHash(code.replaceAll("-", ""))).toBe(recoveryHash(code));
});
