import { expect, test } from "vitest";
import { changeListHref, operationListHref, readChangeList, readOperationList } from "./search-params";

test.each([
  [{}, { before: null, notes: 0 }],
  [{ before: "12" }, { before: "12", notes: 0 }],
  [{ before: ["12", "13"] }, { before: "12", notes: 0 }],
  [{ before: "x" }, { before: null, notes: 1 }],
])("the list of operations of %j begins at %j", async (params, { before, notes }) => {
  const read = await readOperationList(Promise.resolve(params));
  expect({ ...read, notes: read.notes.length }).toEqual({ before, notes });
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
  expect(operationListHref("/o", { before: "12" })).toBe("/o?before=12");
  expect(changeListHref("/o/1", { show: "refused" })).toBe("/o/1?show=refused");
  expect(changeListHref("/o/1", { show: "refused", before: "12" })).toBe("/o/1?show=refused&before=12");
});
