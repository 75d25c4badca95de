import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import type { Budget } from "@/lib/budgets/queries";
import { budgetSentence } from "@/lib/budgets/words";
import { formatCount, formatExact, formatNumber, plural } from "@/lib/format";

type BudgetTableProps = { budgets: Budget[]; path: string; zone: string };

/** What a campaign allows, and how much of it is used now; each leads to its form. */
export function BudgetTable({ budgets, path, zone }: BudgetTableProps) {
  return (
    <Table caption="Budgets" flush>
      <thead>
        <tr>
          <th scope="col">Allowed</th>
          <th scope="col">Used now</th>
          <th scope="col">Counted since</th>
        </tr>
      </thead>
      <tbody>
        {budgets.map((budget) => (
          <tr key={budget.id}>
            <th scope="row" className="font-normal">
              <Link prefetch={false} href={`${path}/${budget.id}`} className="link inline-flex min-h-6 items-center">
                {budgetSentence(budget)}
              </Link>
            </th>
            <td className="num">{usedText(budget)}</td>
            <td className="text-mute">
              <Moment at={budget.since} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const eachWords = { Profile: "friend", Referral: "code" } as const;

/** How much of a budget is used; of one that counts each by itself, by all together, and who has nothing left. */
export function usedText({ limit, entities: [entity], used, usedUp }: Budget): string {
  if (!entity) return `${formatNumber(used)} of ${formatExact(limit)}`;
  const left = plural(usedUp, "has", "have");
  return `${formatNumber(used)} together; ${formatCount(usedUp, eachWords[entity])} ${left} used theirs up`;
}
