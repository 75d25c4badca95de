import { beforeEach, describe, expect, it } from "vitest";
import { asked, type CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { admitted, makeCampaign } from "@/lib/testing/builders";
import { addBudget, removeBudget, saveBudget } from "./commands";
import { listBudgets } from "./queries";
import { addBudgetInput, type Limit } from "./schema";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign({ timeZone: "Europe/Berlin" });
});

const noon = new Date("2031-06-18T10:00:00Z"); // a Wednesday, at twelve in Berlin
const add = (limit: Partial<Limit> = {}, where = scope) =>
  addBudget(
    admitted(where),
    asked(addBudgetInput.parse({ action: "redeemReferral", limit: 3, entities: [], ...where, ...limit })),
  );
const list = (now = noon) => listBudgets(admitted(scope), now);
async function only() {
  const [budget] = await list();
  if (!budget) throw new Error("there is no budget");
  return budget;
}
const use = (budgetId: string, counter: number, begins: string, subject = "") =>
  db.budgetUse.create({
    data: { applicationId: scope.applicationId, budgetId: BigInt(budgetId), subject, begins, counter },
  });

describe("a budget", () => {
  it("is added once, and beside those for others and for other times", async () => {
    await add({ period: "daily" });
    await expect(add({ period: "daily", limit: 9 })).rejects.toMatchObject({ reason: { reason: "budget_taken" } });
    await add();
    await add({ period: "daily", entities: ["Profile"] });
    expect((await list()).map(({ limit, period, entities }) => [limit, period, entities])).toEqual([
      [3, "daily", []],
      [3, undefined, []],
      [3, "daily", ["Profile"]],
    ]);
  });

  it("is added once by many at a time", async () => {
    const made = await Promise.allSettled(Array.from({ length: 8 }, (_, limit) => add({ limit })));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await list()).toHaveLength(1);
  });

  it("tells what is used since its period began, and who has nothing left", async () => {
    await add({ period: "weekly", entities: ["Profile"] });
    const { id } = await only();
    await use(id, 3, "2031-06-15T22:00:00Z", "one");
    await use(id, 1, "2031-06-15T22:00:00Z", "two");
    await use(id, 2, "2031-06-08T22:00:00Z", "one");
    expect(await only()).toMatchObject({ used: 4, usedUp: 1, since: new Date("2031-06-15T22:00:00Z") });
  });

  it("counts since it was made where no period began later", async () => {
    await add();
    const { created } = await db.budget.findFirstOrThrow({ where: scope });
    expect(await only()).toMatchObject({ used: 0, usedUp: 0, since: created });
  });

  it("takes another amount and keeps what is used, if it is still what was shown", async () => {
    await add();
    const { id: budgetId, limit: shown } = await only();
    await use(budgetId, 2, "1900-01-01T00:00:00Z");
    await saveBudget(admitted(scope), { budgetId, shown, limit: 2 });
    expect(await only()).toMatchObject({ limit: 2, used: 2, usedUp: 1 });
    await expect(saveBudget(admitted(scope), { budgetId, shown, limit: 5 })).rejects.toMatchObject({
      code: "stale",
      reason: { reason: "budget_changed", limit: 2 },
    });
    expect(await only()).toMatchObject({ limit: 2 });
  });

  it("is removed with what was used of it", async () => {
    await add();
    const { id: budgetId } = await only();
    await use(budgetId, 2, "1900-01-01T00:00:00Z");
    await removeBudget(admitted(scope), { budgetId });
    expect([await list(), await db.budgetUse.count({ where: { applicationId: scope.applicationId } })]).toEqual([
      [],
      0,
    ]);
    await expect(removeBudget(admitted(scope), { budgetId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is another campaign's to nobody else", async () => {
    await add();
    const { id: budgetId, limit: shown } = await only();
    const other = admitted(await makeCampaign());
    const beside = await db.campaign.create({ data: { applicationId: scope.applicationId, name: "Beside" } });
    for (const from of [other, admitted({ ...scope, campaignId: beside.id })]) {
      await expect(saveBudget(from, { budgetId, shown, limit: 9 })).rejects.toMatchObject({ code: "not_found" });
      await expect(removeBudget(from, { budgetId })).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(add({}, { ...scope, campaignId: beside.id + 1000 })).rejects.toMatchObject({ code: "not_found" });
    expect(await only()).toMatchObject({ limit: 3 });
  });
});
