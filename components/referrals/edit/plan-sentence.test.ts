import { expect, test } from "vitest";
import { planSentence } from "./plan-sentence";

test.each([
  ["delete", 100_000, 0, 12_345, "100,000 codes will be deleted, 12,345 are refused."],
  ["edit", 1, 2000, 1, "1 code will be changed, 2,000 are so already, 1 is refused."],
  ["create", 2, 0, 0, "2 codes will come back, 0 are refused."],
] as const)("a plan to %s %d codes is told", (effect, changed, same, refused, sentence) => {
  expect(planSentence({ effect, changed, same, refused })).toBe(sentence);
});
