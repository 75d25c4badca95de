import { expect, it } from "vitest";
import { shareTextOf, shareTextProblem } from "./share-text";

const linkPattern = "https://shop.example/?ref={code}";

it.each([
  ["", ""],
  ["Take {code}, dear friend of {advocate}. Until {validUntil}!", ""],
  ["Here: {link}\nand {link} once more :} or {", linkPattern],
])("“%s” is a share text, or none", (text, pattern) => {
  expect(shareTextProblem(text, pattern)).toBeNull();
});

it.each([
  ["Hello", "", "share_text_without_code"],
  ["Hello {Code}", "", "share_text_place"],
  ["Hello {code} {}", "", "share_text_place"],
  ["Hello {link}", "", "share_text_without_links"],
  [`{code}${"x".repeat(1000)}`, "", "share_text_long"],
  ["{code} \u0000", "", "text_nul"],
  ["{code} \ud800", "", "text_broken"],
])("“%s” is refused", (text, pattern, reason) => {
  expect(shareTextProblem(text, pattern)?.reason).toBe(reason);
});

it("fills its places once, whatever stands in what fills them", () => {
  const until = new Date("2027-01-31T23:00:00Z"); // the end of that day in Berlin
  const code = { code: "7KQ2%X", advocateIntegrationId: "{code} $& {link}", validUntil: until };
  const reading = { linkPattern, zone: "Europe/Berlin" };
  expect(shareTextOf("{advocate}: {code} at {link} until {validUntil}", code, reading)).toBe(
    "{code} $& {link}: 7KQ2%X at https://shop.example/?ref=7KQ2%25X until 31 Jan 2027",
  );
  expect(shareTextOf("{code} until {validUntil}", { ...code, validUntil: null }, reading)).toBe(
    "7KQ2%X until further notice",
  );
});
