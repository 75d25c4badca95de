import { describe, expect, it } from "vitest";
import { fieldValueText } from "@/components/operations/field-value";
import { conditionText } from "@/components/referrals/list/filters/conditions";
import { questionOf } from "@/components/referrals/list/filters/editor-state";
import { asLabel, unlimited, unsetWord } from "@/lib/words";

const reading = { timeZone: "Europe/Berlin", attributes: [] };

describe("what stands for a value that is not there", () => {
  const words = [
    ["validFrom", "no start"],
    ["validUntil", "no end"],
    ["friend", "anyone"],
    ["batch", "no batch"],
    ["attr.tier", "not set"],
  ] as const;

  it.each(words)("of %s is the same for a label, a filter and its choices", (field, word) => {
    expect(unsetWord(field)).toBe(word);
    expect(conditionText(field, "none")).toBe(word);
    expect(questionOf(field).modes).toContainEqual({ mode: "unset", label: asLabel(word) });
  });

  it.each([
    ["validFrom", "no start"],
    ["valid_from", "no start"],
    ["validUntil", "no end"],
    ["valid_until", "no end"],
    ["friendIntegrationId", "anyone"],
    ["friend_integration_id", "anyone"],
    ["attributes.tier", "not set"],
  ])("of %s is the same in plans and histories", (field, word) => {
    expect(fieldValueText(field, null, reading)).toBe(word);
    expect(fieldValueText(field, undefined, reading)).toBe(word);
  });

  it.each(["usageLimit", "usage_limit"])("of the limit that is none is one word: %s", (field) => {
    expect(fieldValueText(field, 0, reading)).toBe(unlimited);
    expect(fieldValueText(field, 5, reading)).toBe("5");
  });
});
