import Link from "next/link";
import { plannedText } from "@/components/operations/planned-text";
import { Moment } from "@/components/ui/moment";
import { Named, ShortList } from "@/components/ui/short-list";
import { Tag, type Tone } from "@/components/ui/tag";
import type { ListedApproval } from "@/lib/operations/approvals";
import type { ApprovalState } from "@/lib/operations/rules";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type Props = { approvals: ListedApproval[]; paths: ReturnType<typeof referralPaths>; zone: string; now: Date };

const states: Record<ApprovalState, { tone: Tone; text: string }> = {
  waiting: { tone: "accent", text: "Waiting for approval" },
  approved: { tone: "good", text: "Approved" },
  refused: { tone: "bad", text: "Refused" },
  withdrawn: { tone: "neutral", text: "Withdrawn" },
  undecided: { tone: "warn", text: "Not decided" },
  unneeded: { tone: "neutral", text: "Applied without" },
};

/** The changes that wait for approval, and those that lately ended without it. Each leads to its page, where one decides. */
export function ApprovalsTable({ approvals, paths, zone, now }: Props) {
  return (
    <ShortList
      flush
      caption="Changes that need approval, those that wait first"
      rows={approvals}
      keyOf={({ operationId }) => operationId}
      columns={[
        { title: "Change", of: (one) => <Change approval={one} href={paths.operation(one.operationId)} /> },
        { title: "Approval", of: ({ state }) => <Tag tone={states[state].tone}>{states[state].text}</Tag> },
        { title: "Asked for by", of: ({ own, asker }) => (own ? "You" : asker) },
        { title: "When", of: ({ decided, asked }) => <Moment at={decided ?? asked} zone={zone} now={now} /> },
      ]}
    />
  );
}

/** What is to be done, and what was said beside: the note of who asked, or why it was refused. */
function Change({ approval, href }: { approval: ListedApproval; href: string }) {
  return (
    <Named below={approval.state === "refused" ? approval.reason : approval.note}>
      <Link prefetch={false} href={href} className="link font-normal">
        {plannedText(approval)}
      </Link>
    </Named>
  );
}
