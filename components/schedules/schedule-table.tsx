import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import { Named, ShortList } from "@/components/ui/short-list";
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
  const moment = (at: Date) => <Moment at={at} zone={zone} now={now} />;
  return (
    <ShortList
      flush
      caption="Scheduled changes, soonest first"
      rows={schedules}
      keyOf={({ id }) => id}
      columns={[
        { title: "Change", of: (one) => <Change schedule={one} reading={reading} /> },
        { title: "Codes", of: (one) => <Codes schedule={one} paths={paths} /> },
        { title: "Changes at", of: ({ starts }) => moment(starts) },
        { title: "Taken back at", of: ({ ends }) => (ends ? moment(ends) : <span className="text-mute">Stays</span>) },
        { title: "By", of: ({ by }) => by },
      ]}
      acts={({ id, state }) =>
        canChange && state !== "refused" && <ScheduleButtons scope={scope} scheduleId={id} state={state} />
      }
    />
  );
}

/** What is to be changed, and what became of it where that is not as planned. */
function Change({ schedule, reading }: { schedule: Schedule; reading: Reading }) {
  const { changes, state, refusal } = schedule;
  return (
    <Named below={refusal}>
      {changesText(changes, reading).join("; ")} {state === "lasting" && <Tag tone="accent">Lasts</Tag>}
      {state === "refused" && <Tag tone="bad">Not done</Tag>}
    </Named>
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
