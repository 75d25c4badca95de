import { Distance } from "@/components/ui/distance";
import { formatDateTime, formatInstant } from "@/lib/format";

/** An instant on the clocks of a zone and, beside it, how far away it is. For pages made on the server, which say it as it was then. */
export function Moment({ at, zone, now = new Date() }: { at: Date; zone: string; now?: Date }) {
  return (
    <>
      <time dateTime={at.toISOString()} title={formatInstant(at, zone)} className="num">
        {formatDateTime(at, zone)}
      </time>{" "}
      <Distance instant={at} now={now} />
    </>
  );
}
