import Link from "next/link";
import { plannedText } from "@/components/operations/planned-text";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
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
    <Table
      caption="Changes that need approval, those that wait first"
      className="border-t [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6"
    >
      <thead>
        <tr>
          <th scope="col">Change</th>
          <th scope="col">Approval</th>
          <th scope="col">Asked for by</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {approvals.map((one) => (
          <tr key={one.operationId}>
            <th scope="row" className="font-normal">
              <Link prefetch={false} href={paths.operation(one.operationId)} className="link block w-max max-w-80 py-1">
                {plannedText(one)}
              </Link>
              <Remark text={one.state === "refused" ? one.reason : one.note} />
            </th>
            <td>
              <Tag tone={states[one.state].tone}>{states[one.state].text}</Tag>
            </td>
            <td>{one.own ? "You" : one.asker}</td>
            <td className="num">
              <Moment at={one.decided ?? one.asked} zone={zone} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What was said beside: the note of who asked, or why it was refused. */
function Remark({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <span className="block w-max max-w-52 pb-1 text-sm whitespace-normal text-mute [overflow-wrap:anywhere] sm:max-w-96">
      {text}
    </span>
  );
}
