import { describe, expect, it } from "vitest";
import { advocatesFile, codesFile, exactCodesFile } from "@/lib/imports/file-kinds";
import { type Held, matchColumns } from "@/lib/imports/matching";
import { exportColumns, safeCell } from "@/lib/referrals/csv";

const definitions = [
  { name: "tier", title: "Tier" },
  { name: "vip", title: "Very important" },
  { name: "colour", title: "Shade" },
  { name: "tone", title: "Shade" },
];
const match = (names: string[], choices?: Map<string, Held>) =>
  matchColumns(names, codesFile, { definitions, choices });
const advocate = "advocateprofileintegrationid";

describe("the columns of a file", () => {
  it("as Talon.One and the list write them are known without a question", () => {
    const talonOne = match([...exportColumns]);
    expect(talonOne.unsure).toEqual([]);
    expect(talonOne.fields.filter(Boolean)).toEqual([
      advocate,
      "startdate",
      "expirydate",
      "code",
      "attributes",
      "limitval",
    ]);
    const list = match([
      "Code",
      "Status",
      "Redemptions",
      "Redemption limit",
      "Advocate’s Integration ID",
      "Batch ID",
      "Created (UTC)",
    ]);
    expect(list).toEqual({ fields: ["code", null, null, "limitval", advocate, null, null], unsure: [] });
  });

  it("are guessed by what people call them, and so to be looked at", () => {
    const names = ["Coupon Code", "customer_id", "Starts at", "Expiry Date", "Max. uses", "Remark", ""];
    expect(match(names)).toEqual({
      fields: ["code", advocate, "startdate", "expirydate", "limitval", null, null],
      unsure: [0, 1, 2, 3, 4, 5],
    });
  });

  it("can be attributes: by name, with attributes. or attr. before it, or by a title that no other has", () => {
    const { fields, unsure } = match([
      "attributes.tier",
      "attr.VIP",
      "very important",
      "Shade",
      "attributes.none",
      "colour",
    ]);
    expect(fields).toEqual(["attributes.tier", "attributes.vip", null, null, null, "attributes.colour"]);
    expect(unsure).toEqual([2, 3, 4]);
  });

  it("can be attributes whose title an export guards from being a formula", () => {
    const named = [{ name: "points", title: "+ Points" }];
    const { fields, unsure } = matchColumns([safeCell("+ Points")], codesFile, { definitions: named });
    expect([fields, unsure]).toEqual([["attributes.points"], []]);
  });

  it("that claim the same field get it in the order of how surely they say it", () => {
    expect(match(["coupon", "code", "Code"])).toEqual({ fields: [null, "code", null], unsure: [0, 2] });
  });

  it("hold what somebody said before, if that is still there and the name is there once", () => {
    const choices = new Map<string, Held>([
      ["kürzel", "code"],
      ["code", null],
      ["who", advocate],
      ["old", "attributes.gone"],
    ]);
    expect(match(["Kürzel", "code", "Who", "Old"], choices)).toEqual({
      fields: ["code", null, advocate, null],
      unsure: [3],
    });
    expect(match(["who", "Who"], choices)).toEqual({ fields: [null, null], unsure: [0, 1] });
  });

  it("of a program are those that it has to name, and nothing else", () => {
    expect(matchColumns(["code", "customer", "attributes.tier"], exactCodesFile, { definitions }).fields).toEqual([
      "code",
      null,
      null,
    ]);
    expect(matchColumns(["code", advocate], advocatesFile, { definitions }).fields).toEqual([null, advocate]);
  });
});
