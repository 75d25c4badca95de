import { expect, it } from "vitest";
import { tableWidths } from "@/components/data-table/columns";

it("gives what is left to the columns without a width, which have more where the table scrolls anyway", () => {
  const { widths, least, good } = tableWidths([{ width: 13, rowHeader: true }, {}, { width: 8 }, {}], 2.75);
  expect(widths).toEqual([13, undefined, 8, undefined]);
  expect(least).toBe(13 + 8 + 2.75 + 2 * 4.5);
  expect(good).toBe(13 + 8 + 2.75 + 2 * 10);
});

it("gives it to the row's header where every column has a width, so that no other grows", () => {
  const { widths, least, good, stuck } = tableWidths([{ width: 13, rowHeader: true }, { width: 2 }], 2.75);
  expect(widths).toEqual([undefined, 2]);
  expect([least, good]).toEqual([17.75, 17.75]);
  expect(stuck).toBe(15.75);
});
