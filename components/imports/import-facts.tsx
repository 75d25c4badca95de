import { Assumed } from "@/components/imports/assumed";
import { LeftOutColumns } from "@/components/imports/left-out-columns";
import { Fact, Facts } from "@/components/ui/facts";
import { Moment } from "@/components/ui/moment";
import { formatBytes, formatCount, formatNumber } from "@/lib/format";
import { encodingNames } from "@/lib/imports/encodings";
import type { ImportDetail } from "@/lib/imports/queries";
import { openQuestion } from "@/lib/imports/rules";
import { causeLabels, delimiterNames } from "@/lib/imports/schema";

/** What was found in a file: its counts, the causes of its problems, and what was assumed. */
export function ImportFacts({ found, zone }: { found: ImportDetail; zone: string }) {
  const ready = found.rowCount - found.failedCount;
  const { committed } = found;
  const question = openQuestion(found);
  const running = committed?.running === true;
  return (
    <Facts>
      <Fact name="Rows read">
        <span className="num">{formatNumber(found.rowCount)}</span>
        {found.blankLines > 0 && (
          <span className="text-mute"> and {formatCount(found.blankLines, "blank line")}, left out</span>
        )}
      </Fact>
      {/* While it runs, the progress above says how many; what stands here is from when the page was opened. */}
      {!running && question === null && found.reading.changes && (
        <Fact name="Changed cells">
          <span className="num">{formatNumber(found.reading.changes.cells)}</span>
          <span className="text-mute"> in {formatCount(found.reading.changes.rows, "row")}</span>
        </Fact>
      )}
      {!running && question === null && !found.reading.changes && (
        <Fact name={committed ? "Codes made" : found.failedCount > 0 ? "Rows in order" : "Codes to make"}>
          <span className="num">{formatNumber(committed?.codes ?? ready)}</span>
        </Fact>
      )}
      {found.failedCount > 0 && question !== "columns" && (
        <Fact name="Rows with problems">
          <span className="num">{formatNumber(found.failedCount)}</span>
          <ul className="mt-1 grid w-fit grid-cols-[auto_1fr] gap-x-3">
            {found.causes.map(({ cause, count }) => (
              <li key={cause} className="contents">
                <span className="num text-right">{formatNumber(count)}</span>
                <span className="text-mute">{causeLabels[cause]}</span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Assumed found={found} past={committed !== null && !running} zone={zone} />
      <LeftOutColumns leftOut={found.leftOut} lossless={found.reading.changes !== null} />
      <Fact name="File">
        {formatBytes(found.fileSize)}, {encodingNames[found.reading.encoding]}, separated by{" "}
        {delimiterNames[found.delimiter] ?? found.delimiter}, read on <Moment at={found.created} zone={zone} full />
      </Fact>
    </Facts>
  );
}
