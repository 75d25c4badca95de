import { expect, it } from "vitest";
import { holdRate } from "@/lib/api/authorize";
import { createKey } from "@/lib/keys/commands";
import { provenKey } from "@/lib/keys/queries";
import { admitted, makeCampaign } from "@/lib/testing/builders";

/** How many of so many requests at once are let through, of a new key with a rate. */
async function letThrough(perSecond: number, atOnce: number): Promise<number> {
  const { applicationId } = await makeCampaign();
  const terms = { kind: "integration", name: "Shop", permissions: undefined, perSecond, expires: null } as const;
  const key = await provenKey((await createKey(admitted({ applicationId }), terms)).key);
  if (!key) throw new Error("the key is not known");
  const answers = await Promise.allSettled(Array.from({ length: atOnce }, () => holdRate(key)));
  for (const answer of answers) if (answer.status === "rejected") expect(answer.reason).toMatchObject({ status: 429 });
  return answers.filter(({ status }) => status === "fulfilled").length;
}

it.each([
  [1000, 600, 600],
  [1000, 6000, 5000],
  [60, 290, 290],
  [20, 150, 100],
  [1, 12, 5],
])("of a key with %d requests a second, %d at once come to %d", async (perSecond, atOnce, come) => {
  expect(await letThrough(perSecond, atOnce)).toBe(come);
});
