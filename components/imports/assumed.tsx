import type { ReactNode } from "react";
import { Fact } from "@/components/ui/facts";
import { formatBound, formatCount } from "@/lib/format";
import { encodingNames, isAssumed } from "@/lib/imports/encodings";
import type { FileReading, ImportDetail } from "@/lib/imports/queries";
import { shortened } from "@/lib/shortened";

/** What was assumed so that the file could be read, each with how often; nothing when all of it stood there. */
export function Assumed({ found, past, zone }: { found: ImportDetail; past: boolean; zone: string }) {
  const notes = notesOf(found, past, zone);
  if (notes.length === 0) return null;
  return (
    <Fact name="Assumed">
      <ul>
        {notes.map((note, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change.
          <li key={index}>{note}</li>
        ))}
      </ul>
    </Fact>
  );
}

function notesOf(found: ImportDetail, past: boolean, zone: string): ReactNode[] {
  const { assumed, delimiter, columns, blankLimits, committed, reading } = found;
  const count = (assumption: keyof typeof assumed) => assumed[assumption] ?? 0;
  const titled = (reading.changes ? [] : columns).flatMap((name, index) => {
    const field = reading.fields[index];
    return field && field !== name.toLowerCase() ? [{ name: shortened(name || `Column ${index + 1}`, 60), field }] : [];
  });
  const rows = (times: number) => formatCount(times, "row");
  return [
    count("delimiterLine") > 0 &&
      `The first line, “sep=${delimiter === "\t" ? "(tab)" : delimiter}”, says how cells are separated`,
    titled.length > 0 && <TitledColumns titled={titled} />,
    isAssumed(reading.encoding) && `The letters are read as ${encodingNames[reading.encoding]}`,
    count("missingCells") > 0 &&
      `${formatCount(count("missingCells"), "empty last cell was", "empty last cells were")} added, in ${rows(count("shortRows"))}`,
    count("longRows") > 0 && `Empty cells after the last column were left out, in ${rows(count("longRows"))}`,
    count("trimmedIds") > 0 &&
      `White space around ${formatCount(count("trimmedIds"), "Integration ID")} was removed, or other characters that cannot be seen`,
    count("trimmedCodes") > 0 &&
      `White space around ${formatCount(count("trimmedCodes"), "code")} was removed, or other characters that cannot be seen`,
    count("composed") > 0 &&
      `Letters and accents were put together, in ${formatCount(count("composed"), "code or Integration ID", "codes and Integration IDs")}`,
    count("unguarded") > 0 &&
      `The ’ that guards a spreadsheet from formulas was taken off ${formatCount(count("unguarded"), "cell")}`,
    count("zonedDates") > 0 &&
      `${formatCount(count("zonedDates"), "date was", "dates were")} read on the clocks of the zone that the column names`,
    count("localDates") > 0 &&
      `${formatCount(count("localDates"), "date without a zone was", "dates without a zone were")} read on the clocks of ${zone}; a day alone as an end means the end of that day`,
    count("writtenDates") > 0 && writtenDates(reading, zone),
    blankLimits > 0 &&
      (committed === null || committed.running || committed.codes > 0) &&
      `${rows(blankLimits)} with an empty limit ${past ? "got" : blankLimits === 1 ? "gets" : "get"} 1`,
  ].filter((note) => note !== false);
}

function TitledColumns({ titled }: { titled: { name: string; field: string }[] }) {
  return titled.map(({ name, field }, index) => (
    <span key={field}>
      {index === 0 ? "" : ", "}“{name}” is read as <span className="mono">{field}</span>
    </span>
  ));
}

/** How dates as people write them were read, by one of them. */
function writtenDates({ dates: { read, day, month }, order }: FileReading, zone: string): string {
  if (!read) return "";
  const first = order ?? (day > 0 && month === 0 ? "day" : month > 0 && day === 0 ? "month" : null);
  const meant = formatBound(new Date(read.instant), zone, read.bound);
  return `“${read.text}” is read as ${meant}${first ? `: the ${first} comes first` : ""}`;
}
