/** The query of a page's address as Next gives it; a name that stands there twice has a list. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** The same as the browser reads it. */
export function toURLSearchParams(input: SearchParams | URLSearchParams): URLSearchParams {
  if (input instanceof URLSearchParams) return input;
  const entries = Object.entries(input).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  return new URLSearchParams(entries);
}

/** The same, but that what no text of the database can hold (U+0000) is the mark for what cannot be shown, which finds as little. */
export function storableParams(input: SearchParams | URLSearchParams): URLSearchParams {
  const entries = [...toURLSearchParams(input)];
  return new URLSearchParams(entries.map(([name, text]) => [name, text.replaceAll("\u0000", "\ufffd")]));
}

/** The address of a path with a query; what is empty is left out. */
export function withQuery(path: string, params: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams(Object.entries(params).flatMap(([name, text]) => (text ? [[name, text]] : [])));
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Where an address says that its page begins; null for the first page, with a note where what it says cannot be read. */
export function readCursor(
  raw: URLSearchParams,
  name: "before" | "after",
  fits: (text: string) => boolean,
  notes: string[],
): string | null {
  const text = raw.get(name);
  if (text === null || fits(text)) return text;
  notes.push("The address named a page that cannot be read; this is the first page.");
  return null;
}
