import { expect, test } from "vitest";
import { limitHelp, readEdit } from "./edit-state";

const limit = (text: string, what: "set" | "raise" = "set") =>
  readEdit({ usageLimit: { do: what, text } }, [], "Europe/Berlin");

test.each([
  ["10", 10],
  [" 1,000 ", 1000],
  ["12,345", 12_345],
  ["999 999", 999_999],
])("the limit “%s” is read", (text, value) => {
  expect(limit(text).changes?.usageLimit).toEqual({ do: "set", value });
});

test.each(["500,5", "1,0,0", "1.5", "1,00", ",5", "0x10", "ten"])(
  "the limit “%s” is refused, never read as another",
  (text) => {
    const { changes, problems } = limit(text);
    expect(changes).toBeNull();
    expect(problems.usageLimit).toContain(`“${text}” is not a whole number`);
  },
);

test.each([
  ["set", "1000000", "“1000000” is out of range"],
  ["set", "99999999", "“99999999” is out of range"],
  ["set", "1,000,000,000", "“1,000,000,000” is out of range"],
  ["set", "9".repeat(400), "is out of range"],
  ["set", "-3", "“-3” is out of range"],
  ["raise", "0", "“0” is not possible: raise the limit by 1 to 999,999."],
  ["raise", "-3", "“-3” is not possible"],
  ["raise", "1000000", "“1000000” is not possible"],
] as const)("to %s the limit to or by %s is refused with the value, and not said below", (what, text, message) => {
  const { changes, problems } = limit(text, what);
  expect(changes).toBeNull();
  expect(problems.usageLimit).toContain(message);
  const help = what === "set" ? "0 means unlimited." : "Unlimited codes stay unlimited.";
  expect(limitHelp({ do: what, text }, true)).toBe(help);
});

test("what a limit will mean is said below it", () => {
  expect(limitHelp({ do: "set", text: "1,000" }, false)).toBe("Each code can be redeemed 1,000 times.");
  expect(limitHelp({ do: "raise", text: "2" }, false)).toBe("Each limit rises by 2; unlimited codes stay unlimited.");
});

test.each([
  ["weeks", "0", "“0” is not possible: shift by 1 to 5,200 weeks"],
  ["weeks", "5201", "“5201” is not possible: shift by 1 to 5,200 weeks"],
  ["shift", "0", "“0” is not possible: shift by 1 to 36,500 days"],
  ["shift", "99999999", "“99999999” is not possible: shift by 1 to 36,500 days"],
  ["shift", "1.5", "is not a whole number"],
] as const)("%s by %s is refused in its own unit", (what, text, message) => {
  const { changes, problems } = readEdit({ validUntil: { do: what, text } }, [], "Europe/Berlin");
  expect(changes).toBeNull();
  expect(problems.validUntil).toContain(message);
});

test("weeks are shifted as days", () => {
  const { changes } = readEdit({ validUntil: { do: "weeks", text: "-2" } }, [], "Europe/Berlin");
  expect(changes?.validUntil).toEqual({ do: "shift", days: -14 });
});
