import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atOnce } from "@/lib/in-turns";
import { said } from "@/lib/testing/said";
import { advocatesProblem, type RepeatedAdvocates, readAdvocates, validityProblem } from "./rules";

const read = (text: string, repeated: RepeatedAdvocates) => atOnce(readAdvocates(text, repeated));

describe("readAdvocates", () => {
  it("takes one ID a line and counts what it leaves out", () => {
    const text = "cust_1\r\n\r\n  cust_2\t\ncust_1\rCust_1\n   \n顧客 7\n";
    expect(read(text, "once")).toEqual({
      advocates: ["cust_1", "cust_2", "Cust_1", "顧客 7"],
      blanks: 2,
      repeated: 1,
      trimmed: 1,
      composed: 0,
      refused: 0,
      problems: [],
    });
    expect(read(text, "each").advocates).toEqual(["cust_1", "cust_2", "cust_1", "Cust_1", "顧客 7"]);
  });

  it("names the lines that cannot be an ID", () => {
    const list = read(`ok\n${"x".repeat(1001)}\na\u0000b\n\ud800`, "once");
    expect(list.advocates).toEqual(["ok"]);
    expect(list.problems).toEqual([
      { line: 2, reason: { reason: "id_long", length: 1001 } },
      { line: 3, reason: { reason: "text_nul" } },
      { line: 4, reason: { reason: "text_broken" } },
    ]);
    expect(said(advocatesProblem(list))).toBe(
      "Line 2: An Integration ID has 1 to 1,000 characters; this one has 1,001. 2 more lines are wrong.",
    );
  });

  it("accounts for every line", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", " c", "", " ", "\u0000", "d")), (lines) => {
        const once = read(lines.map((line) => `${line}\n`).join(""), "once");
        expect(once.advocates.length + once.blanks + once.repeated + once.refused).toBe(lines.length);
        const each = read(lines.join("\n"), "each");
        expect(each.advocates.length).toBe(once.advocates.length + once.repeated);
        expect([...new Set(each.advocates)]).toEqual(once.advocates);
      }),
    );
  });
});

describe("advocatesProblem", () => {
  it.each([
    ["", "The list holds no Integration ID; paste at least one, each on its own line."],
    [" \n\n", "The list holds no Integration ID; paste at least one, each on its own line."],
    ["a", null],
    [
      Array.from({ length: 1_000_001 }, (_, index) => index).join("\n"),
      "The list asks for 1,000,001 codes; up to 1,000,000 can be made at once. Make the rest with a second list.",
    ],
  ])("judges a list", (text, sentence) => {
    expect(said(advocatesProblem(read(text, "once")))).toBe(sentence);
  });
});

describe("validityProblem", () => {
  const early = new Date("2027-01-31T23:00:00Z");
  const late = new Date("2027-02-28T23:00:00Z");

  it("lets a start before an end pass, and open sides", () => {
    expect(validityProblem(early, late, "Europe/Berlin")).toBeNull();
    expect(validityProblem(early, null, "Europe/Berlin")).toBeNull();
    expect(validityProblem(null, late, "Europe/Berlin")).toBeNull();
  });

  it("says both ends in the application's zone", () => {
    expect(said(validityProblem(late, early, "Europe/Berlin"))).toBe(
      "Valid through 31 Jan 2027, 23:59 Europe/Berlin (22:59 UTC) is not after the start, 1 Mar 2027, 00:00 Europe/Berlin (28 Feb 2027, 23:00 UTC): choose a later end or an earlier start.",
    );
    expect(said(validityProblem(early, early, "UTC"))).toMatch(/is not after the start/);
  });
});
