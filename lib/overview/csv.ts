import type { OverTime } from "@/lib/overview/over-time";
import type { OverviewRange } from "@/lib/overview/range";
import { formatRow, safeCell } from "@/lib/referrals/csv";

/** The steps of a range as CSV, with a header and the ends of lines that spreadsheets expect. Days are those of the zone's clocks. */
export function overTimeCsv({ steps }: OverviewRange, counted: OverTime, zone: string): string {
  const rows = steps.map(({ period, before }, index) => {
    const { now, before: earlier } = counted.steps[index] ?? { now: { codes: 0, redemptions: 0 }, before: null };
    return [
      period.from,
      period.to,
      now.codes,
      now.redemptions,
      before.from,
      before.to,
      earlier?.codes,
      earlier?.redemptions,
    ];
  });
  const header = [
    ...[`from (${zone})`, "through", "codes made", "redemptions"],
    ...["before: from", "before: through", "before: codes made", "before: redemptions"],
  ];
  return [header, ...rows]
    .map((cells) => `${formatRow(cells.map((cell) => safeCell(String(cell ?? 0))))}\r\n`)
    .join("");
}

/** The name of its file, of letters, digits and dashes. */
export function overTimeFileName(campaignId: number, { period, by }: OverviewRange): string {
  return `campaign-${campaignId}-over-time-by-${by}-${period.from}-${period.to}.csv`;
}
