import { expect, test } from "vitest";
import { endpoints } from "@/lib/api/endpoints";
import { router } from "@/lib/api/router";
import { grantable, keyKinds } from "./rules";
import { tryCampaign, tryLine } from "./try-line";

const origin = "https://shop.example";
const campaign = { applicationId: 1, id: 3, name: "Refer a friend" };

test.each(keyKinds)("the line for an %s key leads to an endpoint for such keys", (kind) => {
  const trial = tryLine({ kind, key: "rfi_1_secret", permissions: grantable(kind) }, origin, campaign);
  const endpoint = trial ? router(endpoints)(trial.path)?.methods.get(trial.method) : undefined;
  expect(endpoint).toMatchObject({ key: kind, permission: trial?.needs });
  const line = trial?.line ?? "";
  expect(line).toMatch(/^curl (-X PUT )?'https:\/\/shop\.example\/v\d\/[^']+' -H 'Authorization: \S+ rfi_1_secret'/);
  const body = / -d '(.+)'$/.exec(line)?.[1];
  if (endpoint?.body) expect(endpoint.body.safeParse(JSON.parse(body ?? "")).error).toBeUndefined();
  else expect(body).toBeUndefined();
});

test("keys are tried on the first campaign that has referrals", () => {
  const without = { ...campaign, id: 1, hasReferrals: false, startTime: null };
  expect(tryCampaign([without, { ...without, id: 2, hasReferrals: true }])).toEqual({ ...campaign, id: 2 });
  expect(tryCampaign([without])).toBeUndefined();
});

test("there is no line for a key that may not do what it asks, nor without a campaign for one that reads", () => {
  const key = { key: "rfm_1_secret", permissions: grantable("management") };
  expect(tryLine({ ...key, kind: "management" }, origin, undefined)).toBeNull();
  expect(tryLine({ ...key, kind: "management", permissions: ["campaigns.write"] }, origin, campaign)).toBeNull();
  expect(tryLine({ ...key, kind: "integration", permissions: ["customers.read"] }, origin, campaign)).toBeNull();
  expect(tryLine({ ...key, kind: "management", permissions: ["referrals.edit"] }, origin, campaign)).not.toBeNull();
});
