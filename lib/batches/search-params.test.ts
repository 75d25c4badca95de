import { describe, expect, it, test } from "vitest";
import { batchNameField, nameBatchInput } from "@/lib/batches/schema";
import { type BatchColumn, batchListHref, readBatchList, sortAfterPress } from "@/lib/batches/search-params";

describe("the address of the list of batches", () => {
  it("says what differs from the newest batches, and no more", () => {
    expect(batchListHref("/b", {})).toBe("/b");
    expect(batchListHref("/b", { q: "", sort: "-created", after: null })).toBe("/b");
    expect(batchListHref("/b", { q: "black friday", sort: "codes", after: "abcdefgh" })).toBe(
      "/b?q=black+friday&sort=codes&after=abcdefgh",
    );
  });

  it.each([
    [{}, { q: "", sort: "-created", after: null }, 0],
    [{ q: " x ", sort: "-name", after: "abcdefgh" }, { q: "x", sort: "-name", after: "abcdefgh" }, 0],
    [{ sort: "colour" }, { q: "", sort: "-created", after: null }, 1],
    [{ after: "ABC", q: "y".repeat(300) }, { q: "y".repeat(200), sort: "-created", after: null }, 2],
  ] as const)("of %j is read", (params, list, notes) => {
    const { notes: told, ...read } = readBatchList(params);
    expect(read).toEqual(list);
    expect(told).toHaveLength(notes);
  });

  it.each<[BatchColumn, string[]]>([
    ["codes", ["-codes", "codes", "-codes"]],
    ["name", ["name", "-name", "name"]],
    ["created", ["created", "-created", "created"]],
  ])("sorts by %s one way and then the other", (column, [first, second, third]) => {
    const presses = [sortAfterPress(column, "-created")];
    presses.push(sortAfterPress(column, presses[0] ?? "-created"));
    presses.push(sortAfterPress(column, presses[1] ?? "-created"));
    expect(presses).toEqual([first, second, third]);
  });
});

describe("the name of a batch", () => {
  test.each([
    ["  Black Friday  ", "Black Friday"],
    ["Cafe\u0301", "Caf\u00e9"],
    ["", ""],
    ["\u{1F389}".repeat(120), "\u{1F389}".repeat(120)],
  ])("%j is kept as %j", (typed, kept) => expect(batchNameField.parse(typed)).toBe(kept));

  test.each([
    ["x".repeat(200), "A batch's name has 0 to 120 characters; this one has 200."],
    ["Black\nFriday", "A batch's name holds a line break or another control character; remove it."],
    ["Black\tFriday", "A batch's name holds a line break or another control character; remove it."],
    ["Black\u0007Friday", "A batch's name holds a character that nobody can see; remove it."],
    ["\u202Eyadirf", "A batch's name holds a character that nobody can see; remove it."],
    ["\u00AD", "A batch's name needs a letter, a digit or a sign that can be seen."],
  ])("%j is refused at its field", (typed, sentence) => {
    const scope = { applicationId: 1, campaignId: 1 };
    const asked = { scope, batchId: "abcdefgh", name: typed, note: "", shown: { name: "", note: "" } };
    const issues = nameBatchInput.safeParse(asked).error?.issues;
    expect(issues?.[0]).toMatchObject({ path: ["name"], message: sentence });
  });
});
