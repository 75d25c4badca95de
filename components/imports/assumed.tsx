import type { ReactNode } from "react";
import { Fact } from "@/components/ui/facts";
import { formatCount } from "@/lib/format";
import { columnNamed } from "@/lib/imports/column-names";
import type { ImportDetail } from "@/lib/imports/queries";

/** What was assumed so that the file could be read, each with how often; nothing when all of it stood there. */
export function Assumed({ found, past }: { found: ImportDetail; past: boolean }) {
  const notes = notesOf(found, past);
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

function notesOf({ assumed, delimiter, columns, blankLimits, committed }: ImportDetail, past: boolean): ReactNode[] {
  const count = (assumption: keyof typeof assumed) => assumed[assumption] ?? 0;
  const titled = columns.flatMap((name) => {
    const column = columnNamed(name)?.column;
    return column && column !== name.toLowerCase() ? [{ name, column }] : [];
  });
  const rows = (times: number) => formatCount(times, "row");
  return [
    count("delimiterLine") > 0 &&
      `The first line, “sep=${delimiter === "\t" ? "(tab)" : delimiter}”, says how cells are separated`,
    titled.length > 0 && <TitledColumns titled={titled} />,
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
    blankLimits > 0 &&
      (committed === null || committed.running || committed.codes > 0) &&
      `${rows(blankLimits)} with an empty limit ${past ? "got" : blankLimits === 1 ? "gets" : "get"} 1`,
  ].filter((note) => note !== false);
}

function TitledColumns({ titled }: { titled: { name: string; column: string }[] }) {
  return titled.map(({ name, column }, index) => (
    <span key={column}>
      {index === 0 ? "" : ", "}“{name}” is read as <span className="mono">{column}</span>
    </span>
  ));
}
