import { describeBound, formatCount, formatInstant, formatNumber } from "@/lib/format";
import { type LinesReason, linesSentences } from "@/lib/imports/wrong-lines";
import type { Sentences } from "@/lib/say";

/** Why a code cannot be valid between two instants, as ISO text; `zone` is whose clocks people read them on. */
export type ValidityReason = { reason: "end_not_after_start"; validFrom: string; validUntil: string; zone: string };

/** Why no codes are made for a list of advocates. */
export type AdvocatesReason =
  | LinesReason
  | { reason: "advocates_none" }
  | { reason: "advocates_many"; count: number; most: number };

/** Why a pattern cannot give the codes that are wanted; `capacity` is in digits, `longer` a pattern that can. */
export type RoomReason = {
  reason: "pattern_full";
  pattern: string;
  capacity: string;
  used: number;
  wanted: number;
  longer: string | null;
};

/** Why codes are not made. */
export type CreationReason =
  | ValidityReason
  | AdvocatesReason
  | RoomReason
  /** `campaign` is the name of the other one that has the code; null where it is the same. */
  | { reason: "code_exists"; code: string; campaign: string | null; advocate: string }
  | { reason: "space_question" };

export const creationSentences: Sentences<CreationReason> = {
  end_not_after_start: ({ validFrom, validUntil, zone }) =>
    `${describeBound(new Date(validUntil), zone, "end")} is not after the start, ${formatInstant(new Date(validFrom), zone)}: choose a later end or an earlier start.`,
  ...linesSentences,
  advocates_none: () => "The list holds no Integration ID; paste at least one, each on its own line.",
  advocates_many: ({ count, most }) =>
    `The list asks for ${formatNumber(count)} codes; up to ${formatNumber(most)} can be made at once. Make the rest with a second list.`,
  pattern_full: ({ pattern, capacity, used, wanted, longer }) => {
    const free = BigInt(capacity) - BigInt(used);
    const left = free <= 0n ? "none is left" : `${formatNumber(free)} ${free === 1n ? "is" : "are"} left`;
    return `“${pattern}” can give ${formatCount(BigInt(capacity), "code")}; ${formatNumber(used)} ${used === 1 ? "is" : "are"} used in this application, so ${left} and ${formatCount(wanted, "code")} ${wanted === 1 ? "is" : "are"} needed. ${longer ? `Use a longer pattern such as ${longer}.` : "Give more characters."}`;
  },
  code_exists: ({ code, campaign, advocate }) =>
    `“${code}” is taken: in ${campaign === null ? "this campaign" : `campaign “${campaign}”`} it belongs to ${advocate}. Choose another code.`,
  space_question: () => "The question is incomplete.",
};
