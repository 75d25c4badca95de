import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { CampaignIds } from "@/lib/access/scope";
import type { Reading } from "@/lib/attributes/titles";
import { formatCount } from "@/lib/format";
import type { referralPaths } from "@/lib/referrals/list/search-params";
import type { Schedule } from "@/lib/schedules/queries";
import { changesText } from "./changes-text";
import { ScheduleButtons } from "./schedule-buttons";

type ScheduleTableProps = {
  scope: CampaignIds;
  schedules: Schedule[];
  paths: ReturnType<typeof referralPaths>;
  reading: Reading;
  now: Date;
  /** Whether codes of the campaign can be changed. */
  canChange: boolean;
};

/** The changes that wait for their time, those that last until another, and those that did not take place. */
export function ScheduleTable({ scope, schedules, paths, reading, now, canChange }: ScheduleTableProps) {
  const zone = reading.timeZone;
  const moment = (instant: Date | null, none: string) =>
    instant ? <Moment at={instant} zone={zone} now={now} /> : <span className="text-mute">{none}</span>;
  return (
    <Table
      caption="Scheduled changes, soonest first"
      className="border-t [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6"
    >
      <thead>
        <tr>
          <th scope="col">Change</th>
          <th scope="col">Codes</th>
          <th scope="col">Changes at</th>
          <th scope="col">Taken back at</th>
          <th scope="col">By</th>
          <th scope="col">
            <span className="sr-only">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {schedules.map((one) => (
          <tr key={one.id}>
            <th scope="row" className="font-normal">
              <span className="block w-max max-w-80 whitespace-normal [overflow-wrap:anywhere]">
                {changesText(one.changes, reading).join("; ")}
              </span>
              {one.state === "lasting" && <Tag tone="accent">Lasts</Tag>}
              {one.state === "refused" && <Tag tone="bad">Not done</Tag>}
              {one.refusal && (
                <span className="block w-max max-w-80 whitespace-normal text-sm text-mute">{one.refusal}</span>
              )}
            </th>
            <td className="num">
              <Codes schedule={one} paths={paths} />
            </td>
            <td className="num">{moment(one.starts, "")}</td>
            <td className="num">{moment(one.ends, "Stays")}</td>
            <td>{one.by}</td>
            <td>
              {canChange && one.state !== "refused" && (
                <ScheduleButtons scope={scope} scheduleId={one.id} state={one.state} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Which codes it is about; of one that was made, the operation. */
function Codes({ schedule, paths }: { schedule: Schedule; paths: ScheduleTableProps["paths"] }) {
  const { selection, codes, operationId } = schedule;
  const link = (href: string, text: string) => (
    <Link prefetch={false} href={href} className="link">
      {text}
    </Link>
  );
  if (operationId) return link(paths.operation(operationId), `Operation ${operationId}`);
  const count = formatCount(codes, "code");
  if (selection.by === "batch")
    return (
      <>
        {link(paths.batch(selection.batchId), selection.batchId)}, {count}
      </>
    );
  if (selection.by === "selection") return link(paths.list({ selection: selection.selectionId }), count);
  if (selection.by === "ids" && selection.ids.length === 1) return link(paths.referral(selection.ids[0] ?? ""), count);
  return count;
}
