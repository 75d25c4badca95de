// What the log may not say, wherever it stands in what is logged: in an error, its cause, or the headers of a request.
const secretNames = /^(password|secret|token|cookie|set-cookie|authorization|hash)$/i;
/** Keys of the API and tokens of links, which are known by their shape. */
const secretTexts: [found: RegExp, put: string][] = [
  [/\b(rf[im]_\d{1,10})_[\w-]{43}/g, "$1_…"],
  [/\/enter\/[\w-]{43}/g, "/enter/…"],
];
const depthMax = 8;

/** A value as it may be logged: without passwords, cookies, keys and tokens. An error stays one, for the log's serializer. */
export function masked(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return secretTexts.reduce((text, [found, put]) => text.replace(found, put), value);
  if (typeof value !== "object" || value === null || value instanceof Error || value instanceof Date) return value;
  if (depth >= depthMax) return "…";
  if (Array.isArray(value)) return value.map((one) => masked(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretNames.test(name) && inner !== null && inner !== undefined ? "[Redacted]" : masked(inner, depth + 1),
    ]),
  );
}
