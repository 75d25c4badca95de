import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DataTable } from "@/components/data-table/data-table";
import { shownColumns } from "@/components/referrals/list/column-names";
import { boxLabel, referralColumns, roomsFor } from "@/components/referrals/list/columns";
import { listItems, type ReferralItem } from "@/components/referrals/list/rows";
import type { ReferralRow } from "@/lib/referrals/list/queries";
import { referralPaths } from "@/lib/referrals/list/search-params";

const now = new Date("2026-11-22T12:00:00Z");
const row = {
  id: 9_007_199_254_740_993n,
  code: "REF-7KQ2",
  advocate: "crm:井上/372",
  usageLimit: 3,
  usageCounter: 3,
  validFrom: new Date("2026-11-30T23:00:00Z"),
  validUntil: new Date("2027-01-31T23:00:00Z"),
  attributes: { vip: true, points: 2500, invited: "2026-10-20T22:00:00Z", tags: ["a", "b"], note: "2026" },
  friend: null,
  origin: "created",
  batchId: null,
  batchName: null,
  created: new Date("2026-11-22T11:03:20Z"),
};

const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`name_${index}`, "W".repeat(600)]));

const attributes = [
  { name: "tags", title: "TAGS", type: "(list string)" as const },
  { name: "vip", title: "VIP", type: "boolean" as const },
  { name: "points", title: "", type: "number" as const },
  { name: "invited", title: "", type: "time" as const },
];

describe("a row of the list", () => {
  const itemOf = (some: Partial<ReferralRow>, timeZone: string) => {
    const [item] = listItems([{ ...row, ...some }], { timeZone, attributes }, now);
    if (!item) throw new Error("a row gave no item");
    return item;
  };
  const item = itemOf({}, "Europe/Berlin");

  it("shows dates on the clocks of the zone, an end by its last day, and names zone and UTC in the hint", () => {
    expect(item.created).toEqual({
      iso: "2026-11-22T11:03:20.000Z",
      text: "22 Nov 2026, 12:03",
      away: "57 minutes ago",
      hint: "22 Nov 2026, 12:03 Europe/Berlin (11:03 UTC)",
    });
    expect(item.validFrom?.away).toBe("in 8 days");
    expect(item.validFrom?.text).toBe("1 Dec 2026");
    expect(item.validUntil?.text).toBe("31 Jan 2027");
    expect(item.validUntil?.hint).toContain("Europe/Berlin");
    expect(itemOf({ validFrom: null, validUntil: null }, "UTC")).toMatchObject({
      validFrom: null,
      validUntil: null,
    });
  });

  it("keeps ids whole and says attributes in words, in the order of their definitions", () => {
    expect(item.id).toBe("9007199254740993");
    expect(item.attributes.map((attribute) => attribute.join(" "))).toEqual([
      "tags a, b",
      "vip yes",
      "points 2,500",
      "invited 21 Oct 2026, 00:00",
      "note 2026",
    ]);
  });

  it("says the same instant as a start and as an end each in its way, and once for all rows", () => {
    const bound = new Date("2027-01-31T23:00:00Z");
    const [first, second] = listItems(
      [
        { ...row, validFrom: bound, validUntil: null },
        { ...row, validFrom: null, validUntil: bound },
      ],
      { timeZone: "Europe/Berlin", attributes },
      now,
    );
    expect([first?.validFrom?.text, second?.validUntil?.text]).toEqual(["1 Feb 2027", "31 Jan 2027"]);
    expect(first?.created).toBe(second?.created);
  });

  it("says how often it was redeemed of how often it can be, with a share where a bar can show it", () => {
    expect(item).toMatchObject({ redemptions: "3 / 3", share: 1 });
    expect(itemOf({ usageLimit: 0 }, "UTC")).toMatchObject({ redemptions: "3 / unlimited", share: null });
    expect(itemOf({ usageLimit: 999_999 }, "UTC")).toMatchObject({ redemptions: "3 / 999,999", share: null });
  });

  it("tells its status", () => {
    expect(item.status).toBe("used up");
    expect(itemOf({ usageCounter: 1 }, "UTC").status).toBe("scheduled");
  });

  it("holds the beginnings of long texts, and of many attributes those that a page has room for and those of columns", () => {
    const long = { ...row, advocate: "<&".repeat(500), friend: "井上".repeat(500), attributes: hundred };
    for (const [size, most] of [
      [50, 66],
      [250, 13],
    ] as const) {
      const items = listItems(Array(size).fill(long), { timeZone: "UTC", attributes }, now, ["code", "attr.name_99"]);
      expect(items[0]?.advocate).toMatch(/^(<&){20,60}…$/);
      expect(items[0]?.attributes).toHaveLength(most + 1);
      expect(items[0]?.attributes.at(-1)).toEqual(["name_99", expect.stringMatching(/^W{11,12}…$/)]);
      expect(items[0]?.attributeCount).toBe(100);
    }
    const [alone] = listItems([{ ...row, advocate: "a".repeat(120) }], { timeZone: "UTC", attributes }, now);
    expect(alone?.advocate).toBe("a".repeat(120));
  });
});

it("makes a page of 250 rows of the longest texts, as markup and as data, smaller than a megabyte", () => {
  const bound = (year: number, index: number) => new Date(Date.UTC(year, 0, 1, 0, index));
  const rows = Array.from({ length: 250 }, (_, index) => ({
    ...row,
    ...{ id: BigInt(index), code: "W".repeat(97) + String(index), batchId: "abcdefgh", batchName: "W".repeat(120) },
    usageLimit: 999_999,
    ...{ advocate: "W".repeat(1000), friend: "W".repeat(1000) },
    ...{ created: bound(2026, index), validFrom: bound(2027, index), validUntil: bound(2028, index) },
    attributes: hundred,
  }));
  const items = listItems(rows, { timeZone: "Europe/Berlin", attributes }, now);
  const ids = { applicationId: 1, campaignId: 1 };
  const columns = referralColumns(shownColumns(null), roomsFor(items, false), attributes, referralPaths(ids));
  const rowId = ({ id }: { id: string }) => id;
  const ticks = {
    has: () => false,
    label: boxLabel,
    onTick: async () => true,
    page: { label: "", checked: false, some: false, onTick: async () => true },
  };
  const markup = renderToStaticMarkup(
    createElement(DataTable<ReferralItem>, { caption: "", columns, rows: items, rowId, ticks }),
  );
  // The data stands in a script, as a text in a text.
  const data = JSON.stringify(JSON.stringify(items)).replace(/[<>&]/g, "\\u003c");
  expect(Buffer.byteLength(markup) + Buffer.byteLength(data)).toBeLessThan(990_000);
});

describe("the room that a page's columns take", () => {
  const [item] = listItems([row], { timeZone: "Europe/Berlin", attributes }, now);
  if (!item) throw new Error("a row gave no item");
  const plain = { ...item, status: "active" as const };
  const least = roomsFor([], false);

  it("is the least for days alone, and for a code whose status is a column of its own", () => {
    expect(roomsFor([plain], false)).toEqual(least);
    expect(roomsFor([{ ...item, code: "X".repeat(100) }], true)).toEqual(least);
  });

  it("holds a date with its time where one of the rows has one", () => {
    const timed = { ...plain, validUntil: { ...plain.created, text: "31 Jan 2027, 14:30" } };
    const rooms = roomsFor([plain, timed], false);
    expect(rooms.validFrom).toBe(least.validFrom);
    expect(rooms.validUntil).toBeGreaterThan(least.validUntil);
  });

  it("holds 24 letters of a code beside its status, and no more", () => {
    const wide = (letters: number) => roomsFor([{ ...item, code: "X".repeat(letters) }], false).code;
    expect(wide(15)).toBe(least.code);
    expect(wide(24)).toBeGreaterThan(least.code + 3);
    expect(wide(100)).toBe(wide(24));
  });
});
