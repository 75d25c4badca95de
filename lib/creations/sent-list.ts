import { advocatesFile } from "@/lib/imports/file-kinds";
import { formatRow, safeCell } from "@/lib/referrals/csv";

const stepRows = 256;

/**
 * A list of advocates as the file in which the server takes it, by pieces: CSV with one column. In small steps, because it can
 * have a million rows: see `inTurns`.
 */
export function* sentList(advocates: readonly string[]): Generator<void, string[]> {
  const pieces = [`${advocatesFile.required.join()}\n`];
  for (let from = 0; from < advocates.length; from += stepRows) {
    const rows = advocates.slice(from, from + stepRows);
    pieces.push(rows.map((id) => `${formatRow([safeCell(id)])}\n`).join(""));
    yield;
  }
  return pieces;
}
