import { expect, test } from "vitest";
import { allOperations, changeListHref, operationListHref, readChangeList, readOperationList } from "./search-params";

test.each([
  [{}, {}, 0],
  [{ before: "12" }, { before: "12" }, 0],
  [{ before: ["12", "13"] }, { before: "12" }, 0],
  [{ before: "x" }, {}, 1],
  [
    { kind: "edit", by: " Anna ", batch: "abcdefgh", code: "REF-1" },
    { kind: "edit", by: "Anna", batch: "abcdefgh", code: "REF-1" },
    0,
  ],
  [
    { from: "2026-11-01", to: "2026-11-28", singles: "2026-11-02" },
    { from: "2026-11-01", to: "2026-11-28", singles: "2026-11-02" },
    0,
  ],
  [{ from: "2026-11-28", to: "2026-11-01" }, { from: "2026-11-28" }, 1],
  [{ kind: "steal", by: "x".repeat(201), from: "2026-02-30", to: "soon", batch: "ABC", singles: "1" }, {}, 6],
])("the list of operations of %j asks for %j", (params, list, count) => {
  const { notes, ...read } = readOperationList(params);
  expect(read).toEqual({ ...allOperations, ...list });
  expect(notes).toHaveLength(count);
});

test.each([
  [{}, "changed", 0],
  [{ show: "refused", before: "7" }, "refused", 0],
  [{ show: "nothing" }, "changed", 1],
  [{ show: "", before: "x" }, "changed", 2],
])("the rows of %j are those %s, with %i notes", async (params, show, notes) => {
  const read = await readChangeList(Promise.resolve(params));
  expect([read.show, read.notes.length]).toEqual([show, notes]);
});

test("an address says what differs from the first page, and no more", () => {
  expect(operationListHref("/o", {})).toBe("/o");
  expect(operationListHref("/o", allOperations)).toBe("/o");
  expect(operationListHref("/o", { before: "12" })).toBe("/o?before=12");
  expect(operationListHref("/o", { kind: "edit", by: "Anna B", from: "2026-11-01", before: "12" })).toBe(
    "/o?kind=edit&by=Anna+B&from=2026-11-01&before=12",
  );
  expect(changeListHref("/o/1", { show: "refused" })).toBe("/o/1?show=refused");
  expect(changeListHref("/o/1", { show: "refused", before: "12" })).toBe("/o/1?show=refused&before=12");
});
