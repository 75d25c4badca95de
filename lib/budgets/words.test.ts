import { expect, it } from "vitest";
import { budgetEntities, budgetPeriods, type Limit } from "./schema";
import { budgetSentence } from "./words";

const said = (limit: number, more: Partial<Limit> = {}) =>
  budgetSentence({ action: "redeemReferral", limit, entities: [], ...more });

it("says what a budget allows, to whom and in what time", () => {
  expect(said(500, { period: "daily" })).toBe("At most 500 redemptions a day in the whole campaign");
  expect(said(1, { entities: ["Profile"] })).toBe("At most 1 redemption by each friend");
  expect(said(1234.5, { entities: ["Referral"], period: "yearly" })).toBe(
    "At most 1,234.5 redemptions a year of each code",
  );
});

it("says no two of them alike", () => {
  const all = [undefined, ...budgetPeriods].flatMap((period) =>
    [[], ...budgetEntities.map((entity) => [entity])].map((entities) =>
      said(0, { entities, ...(period && { period }) }),
    ),
  );
  expect(new Set(all).size).toBe(15);
});
