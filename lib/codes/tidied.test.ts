import fc from "fast-check";
import { expect, it } from "vitest";
import { storedCode, tidied, trimmed } from "@/lib/codes/rules";
import { codeField, integrationIdField } from "@/lib/codes/schema";

it.each([
  ["blanks and line ends", " \t\r\n"],
  ["blanks that do not break", "\u00A0\u202F\u2007"],
  ["wide blanks", "\u3000\u2003"],
  ["characters of no width", "\u200B\u200D\uFEFF\u2060\u00AD"],
  ["marks of direction", "\u200E\u202E\u2069"],
  ["controls", "\u0000\u001A\u0085"],
])("takes %s off the ends and leaves them inside", (_, unseen) => {
  expect(tidied(`${unseen}a${unseen}b${unseen}`)).toBe(`a${unseen}b`);
  expect(tidied(unseen)).toBe("");
});

it("leaves the signs of an emoji, which are a part of it", () => {
  const england = "🏴󠁧󠁢󠁥󠁮󠁧󠁿";
  expect([tidied(` ${england}`), tidied("❤️ ")]).toEqual([england, "❤️"]);
});

it("puts letters and accents together", () => {
  expect(tidied("Jose\u0301-Nu\u0301n\u0303ez")).toBe("José-Núñez");
  expect(storedCode("CAFE\u0301-2026", "insensitive-uppercase")).toEqual({ code: "CAFÉ-2026" });
});

it("is the same however often, and however a text is composed", () => {
  const text = fc
    .array(fc.constantFrom("e", "\u0301", "é", " ", "\u200B", "\u00A0", "Ω", "각", "ß", "🏴", "\ud800", "\u0323"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (one) => {
      const tidy = tidied(one);
      expect(tidied(tidy)).toBe(tidy);
      expect(trimmed(tidy)).toBe(tidy);
      expect(tidied(one.normalize("NFD"))).toBe(tidied(one.normalize("NFC")));
    }),
  );
});

it("is what every form does, too", () => {
  expect(integrationIdField.parse("\u200BJose\u0301\u00A0")).toBe("José");
  expect(integrationIdField.safeParse("\u200B").success).toBe(false);
  expect(codeField.parse(" CAFE\u0301-1\uFEFF")).toBe("CAFÉ-1");
});

it("composes no text of accents alone, which would take quadratic time", () => {
  const accents = `a${"\u0301\u0323".repeat(200_000)}`;
  const began = performance.now();
  expect(tidied(accents)).toBe(accents);
  expect(performance.now() - began).toBeLessThan(2000);
});
