import { expect, it } from "vitest";
import { formatCount } from "@/lib/format";
import { attentions } from "./links";

it("says of one code and of several that they are worth a look", () => {
  const said = (count: number) =>
    attentions(new Date("2026-11-28T12:00:00Z"), "Europe/Berlin").map(({ said: { one, many } }) =>
      formatCount(count, one, many),
    );
  expect(said(1)).toEqual([
    "1 code expires within 7 days",
    "1 code expires within 30 days",
    "1 code is nearly used up",
  ]);
  expect(said(0)).toEqual([
    "0 codes expire within 7 days",
    "0 codes expire within 30 days",
    "0 codes are nearly used up",
  ]);
});
