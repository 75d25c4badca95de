import { formatDateTime, formatInstant } from "@/lib/format";
import { cx } from "./cx";
import { Distance } from "./distance";

type MomentProps = {
  at: Date;
  zone: string;
  now?: Date;
  /** With zone and UTC, where there is room for them. */
  full?: boolean;
};

/**
 * An instant on the clocks of a zone and, beside it or below where that is narrow, how far away it is. For pages made on the server, which
 * say it as it was then.
 */
export function Moment({ at, zone, now = new Date(), full = false }: MomentProps) {
  return (
    <span className="whitespace-normal">
      <time
        dateTime={at.toISOString()}
        title={full ? undefined : formatInstant(at, zone)}
        className={cx("num", !full && "whitespace-nowrap")}
      >
        {full ? formatInstant(at, zone) : formatDateTime(at, zone)}
      </time>{" "}
      <Distance instant={at} now={now} />
    </span>
  );
}
