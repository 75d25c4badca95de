import { changesFile, codesFile } from "@/lib/imports/file-kinds";

/**
 * What somebody has to say before a file can be imported: what columns hold, or, where nothing else is wrong, whether the day or the
 * month comes first; null for nothing.
 */
export function openQuestion(file: {
  reading: { fields: readonly (string | null)[]; dates: { either: number }; changes: object | null };
  causes: readonly { count: number }[];
  committed: object | null;
  lost: boolean;
}): "columns" | "dates" | null {
  if (file.committed || file.lost) return null;
  const { fields, dates, changes } = file.reading;
  const { required } = changes ? changesFile : codesFile;
  if (!required.every((column) => fields.includes(column))) return "columns";
  const wrong = file.causes.reduce((sum, { count }) => sum + count, 0);
  return dates.either > 0 && dates.either === wrong ? "dates" : null;
}
