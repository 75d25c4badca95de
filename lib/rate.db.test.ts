import { expect, it } from "vitest";
import { worker } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { ownRate, removeOldRates, secondsLeft, sharedRate, spend } from "@/lib/rate";

const rate = (keyPrefix: string) => ({ keyPrefix, points: 2, duration: 60 });

it.each([
  ["of this process", () => ownRate(rate("a"))],
  ["of all processes", () => sharedRate("api_rate", rate("a"))],
])("a counter %s lets so many through, however many come at once, and says how long to wait", async (_, make) => {
  const counter = await make();
  const spent = await Promise.all(Array.from({ length: 50 }, () => spend(counter, "who")));
  expect(spent.filter(({ over }) => !over)).toHaveLength(2);
  const [late] = spent.filter(({ over }) => over);
  expect(late && secondsLeft(late.standing)).toBeGreaterThan(50);
  expect((await spend(counter, "another")).over).toBe(false);
});

it("counters whose time is over are removed, the others stay", async () => {
  for (const table of ["api_rate", "sign_in_rate"] as const) {
    await spend(await sharedRate(table, rate("over")), "who");
    await spend(await sharedRate(table, rate("on")), "who");
  }
  await db.apiRate.updateMany({ where: { key: "over:who" }, data: { expire: Date.now() - 1 } });
  await db.signInRate.updateMany({ where: { key: "over:who" }, data: { expire: Date.now() - 1 } });
  expect(await removeOldRates(admit(worker, {}, "upkeep"))).toBe(false);
  const of = { where: { key: { endsWith: ":who" }, NOT: { key: "a:who" } }, select: { key: true } };
  expect([await db.apiRate.findMany(of), await db.signInRate.findMany(of)]).toEqual([
    [{ key: "on:who" }],
    [{ key: "on:who" }],
  ]);
});
