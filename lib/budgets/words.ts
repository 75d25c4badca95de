import type { Limit } from "@/lib/budgets/schema";
import { formatExact, plural } from "@/lib/format";

type Period = NonNullable<Limit["period"]>;
type Entity = Limit["entities"][number];

const periodWords: Record<Period, string> = { daily: "a day", weekly: "a week", monthly: "a month", yearly: "a year" };
const entityWords: Record<Entity, string> = { Profile: "by each friend", Referral: "of each code" };

/** "At most 500 redemptions a day in the whole campaign". */
export function budgetSentence({ limit, period, entities: [entity] }: Limit): string {
  const redemptions = `${formatExact(limit)} ${plural(limit, "redemption")}`;
  const words = [redemptions, period && periodWords[period], entity ? entityWords[entity] : "in the whole campaign"];
  return `At most ${words.filter(Boolean).join(" ")}`;
}
