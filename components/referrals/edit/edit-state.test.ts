import { expect, test } from "vitest";
import { readEdit } from "./edit-state";

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

test("a limit is raised by 1 or more", () => {
  expect(limit("0", "raise").problems.usageLimit).toBe("Raise the limit by at least 1.");
  expect(limit("-5", "raise").problems.usageLimit).toBe("Raise the limit by at least 1.");
});
