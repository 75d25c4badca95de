import { dayProblem } from "@/lib/instant";
import type { ClockRange } from "@/lib/referrals/list/filter/schema";
import { type SearchParams, storableParams } from "@/lib/search-params";
import { shortened } from "@/lib/shortened";
import { clockBound, toWall } from "@/lib/zone";

/** The ranges of time that the overview offers, by how many days they have; the last day is today. */
export const ranges = {
  "7d": { label: "7 days", days: 7 },
  "30d": { label: "30 days", days: 30 },
  "90d": { label: "90 days", days: 90 },
  year: { label: "A year", days: 365 },
} as const;
export type RangeName = keyof typeof ranges;
export const rangeNames = Object.keys(ranges) as RangeName[];

/** How long the steps of a range are; weeks begin on Mondays. */
export const granularities = ["day", "week", "month"] as const;
export type Granularity = (typeof granularities)[number];

/** How many days a range of one's own has at most, and where it may begin: since then the days of every zone begin at a full quarter of an hour. */
export const daysMax = 3_660;
export const earliestDay = "2000-01-01";
/** How many days a range may have whose steps are so long: a chart has some hundred steps at most. */
const daysUpTo: Record<Granularity, number> = { day: 366, week: 1_830, month: daysMax };

/** A part of a zone's time, as the filters of the list have it: days, both of which belong to it; an end can be a minute. */
export interface Period extends ClockRange {
  from: string;
  to: string;
}

/** A step of a range, and what is compared with it: the same part of the time before. */
export interface Step {
  period: Period;
  before: Period;
}

/** What the overview is about: a range of days on the clocks of a zone, and as many days before it. */
export interface OverviewRange {
  /** Null where the days are one's own. */
  name: RangeName | null;
  by: Granularity;
  /** How many days there are. */
  days: number;
  period: Period;
  /** As many days before. Where the range ends today, they end at the same time of day, to the quarter of an hour. */
  before: Period;
  steps: Step[];
}

const dayLength = 86_400_000;
/** A day so many days later. */
export function laterDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);
}
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / dayLength);

/** The instants of a period: its end is exclusive. */
export function instantsOf({ from, to }: Period, zone: string): { from: Date; to: Date } {
  return { from: clockBound(from, zone, "start"), to: clockBound(to, zone, "end") };
}

/** The granularity that a range of so many days is shown by unless another one is asked for. */
export function usualGranularity(days: number): Granularity {
  if (days <= 31) return "day";
  return days <= 190 ? "week" : "month";
}

/** Whether a range of so many days can be shown by these steps. */
export const isOffered = (by: Granularity, days: number) => days <= daysUpTo[by];

/** The last day of the step in which a day lies. */
function endOfStep(day: string, by: Granularity): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (by === "day") return day;
  if (by === "week") return laterDay(day, (7 - date.getUTCDay()) % 7);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

/** A range with its steps. @param quarter the minute in which the running quarter of an hour ends, where the range ends today */
function rangeOf(name: RangeName | null, from: string, to: string, by: Granularity, quarter: string | null) {
  const days = daysBetween(from, to) + 1;
  const beforeEnd = laterDay(to, -days);
  const before = { from: laterDay(from, -days), to: quarter === null ? beforeEnd : `${beforeEnd}T${quarter}` };
  const steps: Step[] = [];
  for (let day = from; day <= to; ) {
    const end = [endOfStep(day, by), to].sort()[0] ?? to;
    const ends = end === to ? before.to : laterDay(end, -days);
    steps.push({ period: { from: day, to: end }, before: { from: laterDay(day, -days), to: ends } });
    day = laterDay(end, 1);
  }
  return { name, by, days, period: { from, to }, before, steps } satisfies OverviewRange;
}

function problemOf(day: string): string | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (date === undefined || dayProblem(Number(year), Number(month), Number(date)) !== null)
    return `“${shortened(day)}” is no day such as 2026-11-01`;
  return day < earliestDay || day >= "2100-01-01" ? `${day} is not between ${earliestDay} and 2099-12-31` : null;
}

/** The days of one's own that an address names, or what is wrong with them. */
function ownDays(from: string, to: string): { from: string; to: string } | string {
  const problem = problemOf(from) ?? problemOf(to);
  if (problem !== null) return `${problem}.`;
  if (to < from) return `The range ends on ${to}, before it begins on ${from}.`;
  const days = daysBetween(from, to) + 1;
  return days > daysMax ? `The range has ${days} days; it can have ${daysMax}.` : { from, to };
}

/** Reads the overview's address. What cannot be read is noted, and then there are 30 days, or the usual steps. */
export function readRange(
  params: SearchParams | URLSearchParams,
  now: Date,
  zone: string,
): { range: OverviewRange; notes: string[] } {
  const raw = storableParams(params);
  const notes: string[] = [];
  const wall = toWall(now, zone).toISOString();
  const today = wall.slice(0, 10);
  const [from, to, named, asked] = ["from", "to", "range", "by"].map((one) => raw.get(one) ?? "");
  const known = rangeNames.find((one) => one === named);
  if (named && !known)
    notes.push(`The address asked for the range “${shortened(named)}”; it can be ${rangeNames.join(", ")}.`);
  const own = from || to ? ownDays(from || to || "", to || today) : null;
  if (typeof own === "string") notes.push(`${own} These are the last 30 days.`);
  const name = own !== null && typeof own !== "string" ? null : (known ?? "30d");
  const days =
    own === null || typeof own === "string"
      ? { from: laterDay(today, 1 - ranges[name ?? "30d"].days), to: today }
      : own;
  const length = daysBetween(days.from, days.to) + 1;
  const by = granularities.find((one) => one === asked);
  if (asked && !by)
    notes.push(`The address asked for steps of a “${shortened(asked)}”; they can be day, week or month.`);
  if (by && !isOffered(by, length)) notes.push(`There are too many steps of a ${by} in ${length} days.`);
  const steps = by && isOffered(by, length) ? by : usualGranularity(length);
  // a quarter of an hour that has begun counts whole on both sides
  const minute = Math.floor(Number(wall.slice(14, 16)) / 15) * 15 + 14;
  const quarter = days.from <= today && today === days.to ? `${wall.slice(11, 13)}:${minute}` : null;
  return { range: rangeOf(name, days.from, days.to, steps, quarter), notes };
}

/** The query of the overview's address, without `?`; what is at its default is left out. */
export function rangeQuery({ name, period, by, days }: Pick<OverviewRange, "name" | "period" | "by" | "days">): string {
  return new URLSearchParams({
    ...(name === null ? { from: period.from, to: period.to } : name === "30d" ? {} : { range: name }),
    ...(by === usualGranularity(days) ? {} : { by }),
  }).toString();
}
