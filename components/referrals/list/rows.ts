import { attributeValueText } from "@/lib/attributes/text";
import { attributeType, inOrder, type Reading } from "@/lib/attributes/titles";
import { type CodeStatus, statusOf } from "@/lib/codes/status";
import { describeBound, formatBound, formatDateTime, formatDistance, formatInstant, formatNumber } from "@/lib/format";
import type { ReferralRow } from "@/lib/referrals/list/queries";
import { shortened } from "@/lib/shortened";
import { unlimited } from "@/lib/words";

/** An instant as a cell shows it: machine-readable, short, how far away it is, and in full with zone and UTC for the hint. */
export interface Moment {
  iso: string;
  text: string;
  away: string;
  hint: string;
}

/** Short, because a page may hold thousands. */
export type AttributeText = readonly [name: string, value: string];

/** The largest limit of which a bar shows the share. */
const barMost = 9_999;

type MomentKind = "created" | "start" | "end";

/** A referral as the list shows it: formatted on the server, so that the browser neither loads nor runs it. */
export interface ReferralItem {
  id: string;
  code: string;
  status: CodeStatus;
  /** "3 / 10". */
  redemptions: string;
  /** How much of the limit is used, where it is small enough for a bar to tell: 0 to 1. */
  share: number | null;
  advocate: string;
  friend: string | null;
  origin: string;
  batchId: string | null;
  batchName: string | null;
  created: Moment;
  validFrom: Moment | null;
  validUntil: Moment | null;
  /** As many as a page of so many rows has room for, in the order of their definitions. */
  attributes: AttributeText[];
  /** How many it has. */
  attributeCount: number;
}

function momentOf(instant: Date, zone: string, kind: MomentKind, now: Date): Moment {
  const [text, hint] =
    kind === "created"
      ? [formatDateTime(instant, zone), formatInstant(instant, zone)]
      : [formatBound(instant, zone, kind), describeBound(instant, zone, kind)];
  return { iso: instant.toISOString(), text, away: formatDistance(instant, now), hint };
}

/** Says each instant of a page once: codes of a batch share theirs, and the answer then names them by reference. */
function momentsOf(zone: string, now: Date): (instant: Date, kind: MomentKind) => Moment {
  const said = new Map<string, Moment>();
  return (instant, kind) => {
    const key = `${kind} ${instant.getTime()}`;
    const moment = said.get(key) ?? momentOf(instant, zone, kind, now);
    said.set(key, moment);
    return moment;
  };
}

// What the texts of a page may take, in characters: cells show the beginning of a text, the referral's own page all of it.
const [idsRoom, namesRoom, attributesRoom] = [10_000, 5_000, 40_000];
const [leastText, mostText] = [12, 120];

/** How much of each text a page of so many rows has room for. */
function roomOf(rows: number, texts: number, room: number): number {
  return Math.min(mostText, Math.max(leastText, Math.floor(room / rows / Math.max(1, texts))));
}

/** What of a row changes while it is looked at: a code is redeemed, used up, or its time is over. */
export type LivePart = Pick<ReferralItem, "status" | "redemptions" | "share">;

/** What an open list is told: its rows by their ids, and how many codes were made since it was opened. */
export interface LiveAnswer {
  rows: Record<string, LivePart>;
  newer: number;
}

/** What changed since some rows were read, by their ids. */
export interface Live {
  of: ReferralItem[];
  parts: Record<string, LivePart>;
}

/** That part of a row at `now`. */
export function livePart(row: Parameters<typeof statusOf>[0], now: Date): LivePart {
  const { usageCounter, usageLimit } = row;
  return {
    status: statusOf(row, now),
    redemptions: `${formatNumber(usageCounter)} / ${usageLimit === 0 ? unlimited : formatNumber(usageLimit)}`,
    share: usageLimit > 0 && usageLimit <= barMost ? usageCounter / usageLimit : null,
  };
}

/**
 * The rows of a page, with their status at `now`. Long texts are cut and many attributes left out, so that no code makes a page
 * large; those that are columns of the list are there.
 */
export function listItems(
  rows: ReferralRow[],
  { timeZone, attributes }: Reading,
  now: Date,
  columns: readonly string[] = [],
): ReferralItem[] {
  const moment = momentsOf(timeZone, now);
  const id = (text: string) => shortened(text, roomOf(rows.length, 1, idsRoom));
  const attributesMost = Math.floor(attributesRoom / rows.length / leastText);
  return rows.map((row) => ({
    id: String(row.id),
    code: row.code,
    ...livePart(row, now),
    advocate: id(row.advocate),
    friend: row.friend && id(row.friend),
    origin: row.origin,
    batchId: row.batchId,
    batchName: row.batchName && shortened(row.batchName, roomOf(rows.length, 1, namesRoom)),
    created: moment(row.created, "created"),
    validFrom: row.validFrom && moment(row.validFrom, "start"),
    validUntil: row.validUntil && moment(row.validUntil, "end"),
    attributes: inOrder(row.attributes, attributes)
      .filter(([name], place) => place < attributesMost || columns.includes(`attr.${name}`))
      .map(([name, value], _, { length }) => {
        const text = attributeValueText(value, attributeType(attributes, name), timeZone);
        return [name, shortened(text, roomOf(rows.length, length, attributesRoom))] as const;
      }),
    attributeCount: Object.keys(row.attributes).length,
  }));
}
