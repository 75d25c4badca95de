import { expect, test } from "vitest";
import { createAttributeInput } from "@/lib/attributes/schema";
import { createCampaignInput, saveCampaignInput } from "@/lib/campaigns/schema";
import { idField } from "@/lib/codes/schema";
import { campaignIdsField } from "@/lib/operations/schema";
import { routeId } from "@/lib/route-id";
import { restoreViewInput, saveViewInput } from "@/lib/views/schema";

const forms = {
  createAttributeInput,
  createCampaignInput,
  saveCampaignInput,
  campaignIdsField,
  restoreViewInput,
  saveViewInput,
};
const small = Object.entries(forms).flatMap(([form, { shape }]) =>
  Object.entries(shape)
    .filter(([name]) => ["applicationId", "campaignId", "version"].includes(name))
    .map(([name, field]) => [`${form}.${name}`, field] as const),
);

test("ids and versions of 32 bits stand in every form", () => {
  expect(small.length).toBeGreaterThan(8);
});

test.each(small)("%s is bounded as the database bounds it", (_, field) => {
  for (const known of [1, 2_147_483_647]) expect(field.safeParse(known).success).toBe(true);
  for (const none of [0, -1, 1.5, 2_147_483_648, 99_999_999_999, Number.NaN, Number.MAX_VALUE, "1"])
    expect(field.safeParse(none).success, String(none)).toBe(false);
});

test("ids of 64 bits are bounded as text", () => {
  for (const known of ["1", "999999999999999999"]) expect(idField.safeParse(known).success).toBe(true);
  for (const none of ["0", "-1", "01", "9223372036854775808", "1e3", " 1", "١"])
    expect(idField.safeParse(none).success, none).toBe(false);
});

test("ids of an address are bounded too", () => {
  expect(["1", "2147483647"].map(routeId)).toEqual([1, 2_147_483_647]);
  for (const none of ["0", "01", "2147483648", "99999999999", "1.0", "x", "", "-1"]) expect(routeId(none)).toBeNull();
});
