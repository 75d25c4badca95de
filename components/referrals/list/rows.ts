import type { AttributeValue } from "@/lib/attributes/rules";
import { describeBound, formatBound, formatDateTime, formatInstant, formatNumber } from "@/lib/format";
import type { ReferralRow } from "@/lib/referrals/queries";
import { type ReferralStatus, statusOf } from "@/lib/referrals/rules";

/** An instant as a cell shows it: machine-readable, short, and in full with zone and UTC for the hint. */
export interface Moment {
  iso: string;
  text: string;
  hint: string;
}

export interface AttributeText {
  name: string;
  value: string;
}

/** A referral as the list shows it: formatted on the server, so that the browser neither loads nor runs it. */
export interface ReferralItem {
  id: string;
  code: string;
  status: ReferralStatus;
  used: number;
  /** 0 is unlimited. */
  limit: number;
  advocate: string;
  friend: string | null;
  origin: string;
  batchId: string | null;
  created: Moment;
  validFrom: Moment | null;
  validUntil: Moment | null;
  attributes: AttributeText[];
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function valueText(value: AttributeValue, zone: string): string {
  if (Array.isArray(value)) return value.map((item) => valueText(item, zone)).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return formatNumber(value);
  return instant.test(value) ? formatDateTime(new Date(value), zone) : value;
}

function boundMoment(bound: Date | null, zone: string, edge: "start" | "end"): Moment | null {
  return (
    bound && {
      iso: bound.toISOString(),
      text: formatBound(bound, zone, edge),
      hint: describeBound(bound, zone, edge),
    }
  );
}

/** A row of the list, with its dates on the clocks of `zone` and its status at `now`. */
export function listItem(row: ReferralRow, zone: string, now: Date): ReferralItem {
  return {
    id: String(row.id),
    code: row.code,
    status: statusOf(row, now),
    used: row.usageCounter,
    limit: row.usageLimit,
    advocate: row.advocate,
    friend: row.friend,
    origin: row.origin,
    batchId: row.batchId,
    created: {
      iso: row.created.toISOString(),
      text: formatDateTime(row.created, zone),
      hint: formatInstant(row.created, zone),
    },
    validFrom: boundMoment(row.validFrom, zone, "start"),
    validUntil: boundMoment(row.validUntil, zone, "end"),
    attributes: Object.entries(row.attributes).map(([name, value]) => ({ name, value: valueText(value, zone) })),
  };
}
