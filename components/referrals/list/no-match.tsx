import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { isShortSearch } from "@/lib/referrals/list/filter/parts";
import type { ReferralList } from "@/lib/referrals/list/search-params";
import { conditionName, conditionsOf, conditionText } from "./filters/conditions";

type NoMatchProps = {
  list: ReferralList;
  titles: readonly AttributeTitle[];
  /** Why nothing can match, where that is so. */
  refusals: string[];
  clear: string;
  /** What else may be meant. */
  children?: ReactNode;
};

/** Nothing matches: what was asked for, and the way back to everything. */
export default function NoMatch({ list, titles, refusals, clear, children }: NoMatchProps) {
  const q = list.q.trim();
  const asked = [
    ...(q === ""
      ? []
      : [
          `“${q.length > 99 ? `${q.slice(0, 99)}…` : q}” ${isShortSearch(q) ? "at the beginning of a code or advocate" : "in code or advocate, or as a whole Batch ID, whatever its case and punctuation"}`,
        ]),
    ...conditionsOf(list).map(({ param, text }) => `${conditionName(param, titles)}: ${conditionText(param, text)}`),
  ];
  return (
    <EmptyState
      icon={<SearchX aria-hidden="true" />}
      title="No codes found"
      actions={<ButtonLink href={clear}>Clear filters</ButtonLink>}
    >
      {refusals.map((refusal) => (
        <p key={refusal} className="[overflow-wrap:anywhere]">
          {refusal}
        </p>
      ))}
      {refusals.length === 0 && (
        <p className="[overflow-wrap:anywhere]">No code has all of this: {asked.join("; ")}.</p>
      )}
      {children}
    </EmptyState>
  );
}
