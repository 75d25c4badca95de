import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { type Options, parse } from "csv-parse/sync";

/** A line of a CSV file by the names of its header. */
export type CsvRow = Record<string, string>;

/** The rows of CSV text that has a header. */
export function parseRows(
  text: string | Buffer,
  options: Pick<Options, "relax_column_count_more" | "delimiter"> = {},
): CsvRow[] {
  return parse(text, { ...options, columns: true, bom: true });
}

/** Clicks a link that the browser answers by saving a file, and reads that file. */
export async function download(link: Locator): Promise<{ name: string; path: string; text: string }> {
  const saved = link.page().waitForEvent("download");
  await link.click();
  const file = await saved;
  const path = await file.path();
  return { name: file.suggestedFilename(), path, text: readFileSync(path, "utf8") };
}
