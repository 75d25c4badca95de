import { expect, test } from "vitest";
import { textField } from "./text-field";

const name = textField(1, 100, "A name");
const refusal = (text: string) => name.safeParse(text).error?.issues[0]?.message;

test.each(["Demo Shop", "冬", "👩‍👩‍👧 Family", "نوروز‌ها", "C&A", "  trimmed  "])("“%s” is a name", (text) => {
  expect(name.parse(text)).toBe(text.trim());
});

test.each(["\u200B", "\u202Eevil", "bell\u0007", "a\u2066b"])(
  "a name is refused that holds what cannot be seen (%j)",
  (text) => {
    expect(refusal(text)).toBe("A name holds a character that nobody can see; remove it.");
  },
);

test("a name is refused that shows nothing", () => {
  expect(refusal("\u00AD\u00AD")).toBe("A name needs a letter, a digit or a sign that can be seen.");
  expect(refusal("   ")).toBe("A name has 1 to 100 characters; this one has 0.");
});
