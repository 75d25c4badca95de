import { expect, it } from "vitest";
import { DomainError, invalidField, invalidFields } from "@/lib/errors";
import { failureOf } from "@/lib/failure";
import { keptReason, keptSentence } from "@/lib/reasons";

it("a refusal carries its reason, the problems of fields, and both as pages say them", () => {
  const taken = { reason: "code_exists", code: "FREE-1", campaign: null, advocate: "cust_1" } as const;
  const one = invalidField(["code"], taken);
  expect(one).toMatchObject({ code: "invalid", reason: taken, problems: [{ field: ["code"], reason: taken }] });
  const sentence = "“FREE-1” is taken: in this campaign it belongs to cust_1. Choose another code.";
  expect(failureOf(one)).toEqual({ ok: false, code: "invalid", message: sentence, fields: { code: sentence } });

  const [first, second] = ["tier", "vip"].map((name) => ({ reason: "value_long_list", name, length: 1001 }) as const);
  if (!first || !second) throw new Error("two reasons are needed");
  const several = invalidFields([
    { field: ["attributes", "tier"], reason: first },
    { field: ["attributes", "tier"], reason: second },
    { field: [], reason: second },
  ]);
  expect(failureOf(several)).toEqual({
    ok: false,
    code: "invalid",
    message: "Some fields need your attention.",
    fields: { "attributes.tier": "tier can hold up to 1,000 values; this one has 1,001." },
  });
  expect(failureOf(new DomainError("conflict", { reason: "plan_empty" }))).toEqual({
    ok: false,
    code: "conflict",
    message: "This plan changes nothing; there is nothing to apply.",
  });
});

it("a kept reason reads as its sentence, and a sentence that was kept before as itself", () => {
  const full = { pattern: "A#", capacity: "32", used: 32, wanted: 2, longer: "A###" };
  expect(keptSentence(keptReason({ reason: "pattern_full", ...full }))).toBe(
    "“A#” can give 32 codes; 32 are used in this application, so none is left and 2 codes are needed. Use a longer pattern such as A###.",
  );
  const old = "The last try failed; the server's log has the details under error 1a2b3c4d.";
  expect(keptSentence(old)).toBe(old);
  expect(keptSentence(keptReason({ reason: "try_failed", errorId: "1a2b3c4d" }))).toBe(old);
  expect(keptSentence(null)).toBeNull();
});
