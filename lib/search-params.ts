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
