"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { plannedText } from "@/components/operations/planned-text";
import { formatCount } from "@/lib/format";
import type { ListedApproval } from "@/lib/operations/approvals";
import { referralPaths } from "@/lib/referrals/list/search-params";

type DecisionsProps = { applicationId: number; toDecide: ListedApproval[] };

/** The changes that wait for whoever looks to approve or refuse: one line, because they may do so for days. */
export default function Decisions({ applicationId, toDecide }: DecisionsProps) {
  const path = usePathname();
  const href = ({ campaignId, operationId }: ListedApproval) =>
    referralPaths({ applicationId, campaignId }).operation(operationId);
  const shown = toDecide.filter((one) => href(one) !== path);
  if (shown.length === 0) return null;
  return (
    <section aria-label="Waiting for your decision" className="rounded-lg border bg-ground shadow-lg">
      <details>
        <summary className="num px-3 py-2 font-medium">
          {formatCount(shown.length, "change waits", "changes wait")} for your decision
        </summary>
        <ul className="flex max-h-64 flex-col divide-y divide-hairline overflow-y-auto border-t px-3">
          {shown.map((one) => (
            <li key={one.operationId} className="flex flex-col py-2">
              <Link href={href(one)} prefetch={false} className="link">
                {plannedText(one)}
              </Link>
              <span className="truncate text-sm text-mute">{one.asker} asks for approval</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
