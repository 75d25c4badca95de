import { expect, test } from "vitest";
import { piecesOf, possibleCodes, readPasted } from "./rules";

const fold = (code: string) => code.toUpperCase();

/** What a text is where these codes are known; its pieces are read `atOnce` at a time. */
function meant(text: string, codes: string[], atOnce = 1_000) {
  const reading = readPasted<string>(fold);
  let waiting = [...piecesOf(text)].flat();
  while (waiting.length > 0) {
    const next = waiting.slice(0, atOnce);
    const known = possibleCodes(next, fold).filter((one) => codes.includes(one));
    waiting = waiting.slice(reading.read(next, new Map(known.map((one) => [one, one])), waiting.length <= atOnce));
  }
  const { found, ...rest } = reading.meant();
  return { found: [...found.values()], ...rest };
}

test.each([
  "abc-1",
  "_ABC-1_",
  "#ABC-1",
  "@ABC-1",
  "ABC-1%",
  "(ABC-1).",
  "A\u00ADBC\u200B-1",
  "\uFEFFABC-1",
  "ABC\u20111",
  "ABC–1",
  "ABC—1",
  "ABC−1",
  "ＡＢＣ－１",
  "＃ABC-1",
  "ABC 1",
  "ABC\u00A01.",
  "(abc 1)",
])("“%s” is found", (text) => {
  expect(meant(text, ["ABC-1"])).toEqual({ found: ["ABC-1"], missing: [], duplicates: 0, prose: false });
});

test("a code with marks is found with them, and once however it is written", () => {
  expect(meant("#ABC. #abc ABC—1 ABC-1.", ["#ABC", "ABC-1"])).toMatchObject({
    found: ["#ABC", "ABC-1"],
    missing: [],
    duplicates: 2,
  });
});

test("what is too short for a code is none, and is not counted", () => {
  expect(meant("Code,Redemptions\nABCD,0\n0,0 12 % A—B ---- +12% 🐢", ["ABCD"])).toMatchObject({
    found: ["ABCD"],
    missing: ["CODE", "REDEMPTIONS"],
    duplicates: 0,
  });
});

test("codes with a long dash between them are two", () => {
  expect(meant("WELCOME1—WELCOME2, WELCOME1—never", ["WELCOME1", "WELCOME2"])).toMatchObject({
    found: ["WELCOME1", "WELCOME2"],
    missing: ["NEVER"],
    duplicates: 1,
  });
});

test("a piece that is too long for a code is none, whatever it begins with", () => {
  expect(meant(`ABCD${".".repeat(500)}E ABCD—${"e".repeat(500)}`, ["ABCD"]).found).toEqual([]);
});

const mail = `Hello Anna Müller,

thank you for your order of 28.11.2026, here is your code: gift abcd. Tell your friends by
+49 170 1234567 or anna7@example.com until Friday!
Your old one was SPRING-2025, and VIP4-7777 still works.

Thanks
Tom`;

test("a mail's words are no missing codes: only what looks like one is", () => {
  expect(meant(mail, ["GIFT-ABCD", "VIP4-7777"])).toEqual({
    found: ["GIFT-ABCD", "VIP4-7777"],
    missing: ["SPRING-2025"],
    duplicates: 0,
    prose: true,
  });
});

test("a list's pieces are codes, whatever they look like", () => {
  expect(meant("gift-one\ngift-two, gifted;„Thanks“\tgift-two", ["GIFT-ONE"])).toEqual({
    found: ["GIFT-ONE"],
    missing: ["GIFT-TWO", "GIFTED", "THANKS"],
    duplicates: 1,
    prose: false,
  });
});

test("a blank stands for a dash only where the pieces are no codes themselves, and nothing else does", () => {
  const codes = ["GIFT", "ABCD", "GIFT-ABCD", "AB-12-CD-34"];
  expect(meant("gift abcd", codes).found).toEqual(["GIFT", "ABCD"]);
  expect(meant("AB 12 CD 34", codes).found).toEqual(["AB-12-CD-34"]);
  expect(meant("GIFT\nABCD, GIFT\tABCD, GIFT  ABCD", ["GIFT-ABCD"]).found).toEqual([]);
});

test.each([5, 6, 7, 11])("codes are found the same when %s pieces are read at a time", (atOnce) => {
  const codes = ["GIFT-ABCD", "AB-12-CD-34", "VIP4-7777"];
  const text = `${mail} AB 12 CD 34 ${mail} gift abcd AB 12 CD 34`;
  expect(meant(text, codes, atOnce)).toEqual(meant(text, codes));
});

const worst: [string, string][] = [
  ["dots", "A.......".repeat(2_000_000)],
  ["long dashes", "—".repeat(16_000_000)],
  ["line breaks", "\n".repeat(16_000_000)],
  ["lines", "ABC\n".repeat(4_000_000)],
  ["words", "word-".repeat(3_200_000)],
  ["soft hyphens", "\u00AD".repeat(16_000_000)],
  ["accents", "e\u0301\u0316".repeat(5_000_000)],
  ["characters of two units", "🐢𝒜".repeat(2_000_000)],
];

test.each(worst)("megabytes of %s are read in steps, and in linear time", (_, text) => {
  const timeOf = (part: string) => {
    let [longest, last] = [0, performance.now()];
    const began = last;
    for (const pieces of piecesOf(part)) {
      if (pieces.some((piece) => piece.text.length > 401)) throw new Error("a piece is not cut");
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    return { longest, whole: last - began };
  };
  const [quarter, all] = [timeOf(text.slice(0, text.length / 4)), timeOf(text)];
  expect(Math.max(quarter.longest, all.longest)).toBeLessThan(1_000);
  expect(all.whole).toBeLessThan(10 * quarter.whole + 500);
});
