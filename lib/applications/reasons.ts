import { formatNumber } from "@/lib/format";
import { type Sentences, say } from "@/lib/say";
import { type ZoneNameReason, zoneSentences } from "@/lib/zone-reasons";

/** Why an application is not made, or its clocks not changed or not to be gone by. */
export type ApplicationReason =
  | { reason: "application_name_taken"; name: string }
  | { reason: "zone_unlike" | "zone_not_in_database"; timeZone: string }
  | { reason: "zone_changed"; timeZone: string }
  | { reason: "zone_to_change"; zone: ZoneNameReason }
  | { reason: "approval_changed"; above: number | null }
  | { reason: "approvers_few"; count: number }
  | { reason: "operation_underway" };

export const applicationSentences: Sentences<ApplicationReason> = {
  application_name_taken: ({ name }) => `There is an application “${name}” already; choose another name.`,
  zone_unlike: ({ timeZone }) =>
    `“${timeZone}” has other clocks in the database. Choose another zone, such as Europe/Berlin.`,
  zone_not_in_database: ({ timeZone }) =>
    `“${timeZone}” is not known to the database. Choose another zone, such as Europe/Berlin.`,
  zone_changed: ({ timeZone }) => `Someone else chose ${timeZone} meanwhile. Nothing was saved; reload the page.`,
  zone_to_change: ({ zone }) => `The application’s time zone has to be changed first: ${say(zoneSentences, zone)}`,
  approval_changed: ({ above }) =>
    `Someone else ${above === null ? "turned approval off" : `had changes of more than ${formatNumber(above)} codes approved`} meanwhile. Nothing was saved; reload the page.`,
  approvers_few: ({ count }) =>
    `Only ${count === 1 ? "1 person" : `${count} people`} can sign in and approve changes here, and it takes two: one who asks and one who approves. Make somebody else an editor or admin first, and have them come in.`,
  operation_underway: () => "An operation of this application is under way. Change the time zone when it has ended.",
};
