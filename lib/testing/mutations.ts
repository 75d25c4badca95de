import fc from "fast-check";
import type { ApiCall } from "./calls";
import { formOf } from "./calls";

/** What no field expects: other types, operators, large numbers, dates that are none or the last, marks that nobody sees, long names. */
export const oddValues: readonly unknown[] = [
  null,
  "",
  " ",
  0,
  -1,
  1.5,
  1e308,
  2 ** 31,
  2 ** 53,
  true,
  [],
  {},
  [[]],
  [null],
  { $gt: "" },
  "\u0000",
  "\ud800",
  "x".repeat(5000),
  "x".repeat(65_536),
  "2030-02-30T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "1'; DROP TABLE referral; --",
  "../../etc/passwd",
  "𝕏",
  "\u202e",
  "a\u200bb",
  "\u0430dmin", // in Cyrillic
  "NaN",
  "9".repeat(30),
];
const oddPaths = [
  "0",
  "-1",
  "1.5",
  "99999999999999999999",
  "%zz",
  "%00",
  "%20",
  "%F0%9F%98%80",
  "x".repeat(2000),
  "%2F",
  "null",
  "%ff",
];

type Change = (call: ApiCall) => ApiCall;

/** The places in a JSON value, each as its path. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

/** The value with another one in a place; without one, nothing is left there. */
function replaced(value: unknown, [key, ...rest]: string[], put: { value: unknown } | null): unknown {
  if (key === undefined) return put?.value;
  const inner = (value as Record<string, unknown>)[key];
  const next = rest.length === 0 ? put : { value: replaced(inner, rest, put) };
  if (Array.isArray(value))
    return value.flatMap((one, index) => (String(index) === key ? (next ? [next.value] : []) : [one]));
  const { [key]: _, ...others } = value as Record<string, unknown>;
  return next ? { ...others, [key]: next.value } : others;
}

/** Changes a JSON value in one place: another value there, none, or one more field. */
export const mutatedValue: fc.Arbitrary<(value: unknown) => unknown> = fc
  .tuple(
    fc.nat(1000),
    fc.option(fc.constantFrom(...oddValues), { nil: undefined }),
    fc.constantFrom("replace", "remove", "add"),
  )
  .map(([place, put, how]) => (value) => {
    if (how === "add") return { ...Object(value), unexpected: put ?? 1 };
    const places = placesIn(value);
    const at = places[place % places.length] ?? [];
    return replaced(value, at, how === "remove" && at.length > 0 ? null : { value: put ?? "odd" });
  });

const inBody: fc.Arbitrary<Change> = mutatedValue.map((change) => (call) => ({
  ...call,
  body: JSON.stringify(change(JSON.parse(String(call.body)))) ?? "",
}));

const ofText: fc.Arbitrary<Change> = fc.oneof(
  fc.nat(200).map(
    (length): Change =>
      (call) => ({ ...call, body: String(call.body).slice(0, length) }),
  ),
  fc.constantFrom("", "[]", "null", "1", '"x"', "{", "\ufeff{}", '{"__proto__":{"a":1}}', "[".repeat(5000), "{}{}").map(
    (body): Change =>
      (call) => ({ ...call, body }),
  ),
  fc.uint8Array({ maxLength: 40 }).map(
    (bytes): Change =>
      (call) => ({ ...call, body: Buffer.from(bytes) }),
  ),
);

const ofFile: fc.Arbitrary<Change> = fc.oneof(
  fc
    .constantFrom(
      "",
      "code\n",
      "x,y\n1,2\n",
      "\u0000\u0000",
      `code,advocateprofileintegrationid\n"${"x".repeat(500)}`,
      ",".repeat(3000),
    )
    .map(
      (file): Change =>
        (call) => ({ ...call, ...withHeaders(call, formOf("upFile", file)) }),
    ),
  fc.nat(300).map(
    (length): Change =>
      (call) => ({ ...call, body: Buffer.from(call.body ?? "").subarray(0, length) }),
  ),
  fc.constant<Change>((call) => ({ ...call, ...withHeaders(call, formOf("another", "code\nABCD-1\n")) })),
);

const withHeaders = (call: ApiCall, { headers, body }: Pick<ApiCall, "headers" | "body">) => ({
  headers: { ...call.headers, ...headers },
  ...(body !== undefined && { body }),
});

const ofPath: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(10), fc.constantFrom(...oddPaths))
  .map(([which, value]) => (call) => {
    const names = Object.keys(call.params);
    const name = names[which % Math.max(1, names.length)];
    return name === undefined ? call : { ...call, params: { ...call.params, [name]: value } };
  });

/** What fits into an address. */
const oddInQuery = oddValues.filter((value) => typeof value !== "string" || value.length < 10_000);
const ofQuery: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(20), fc.constantFrom(...oddInQuery), fc.constantFrom("unknown", "twice", "odd"))
  .map(([which, value, how]) => (call) => {
    const text = typeof value === "string" ? value.toWellFormed() : (JSON.stringify(value) ?? "");
    const [name = "unexpected", before = ""] = call.query[which % Math.max(1, call.query.length)] ?? [];
    if (how === "unknown") return { ...call, query: [...call.query, ["unexpected", text]] };
    if (how === "twice") return { ...call, query: [...call.query, [name, before]] };
    return { ...call, query: [...call.query.filter(([other]) => other !== name), [name, text]] };
  });

const ofHeaders = (foreign: readonly string[]): fc.Arbitrary<Change> =>
  fc
    .constantFrom<Record<string, string>>(
      ...["", "ApiKey-v1", "Basic eDp5", "ApiKey-v1 rfi_1_x", "Bearer x y", ...foreign].map((authorization) => ({
        authorization,
      })),
      ...["", "x".repeat(256), "a b"].map((key) => ({ "idempotency-key": key })),
      ...["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""].map((type) => ({
        "content-type": type,
      })),
      { "content-encoding": "gzip" },
    )
    .map((headers) => (call) => ({ ...call, headers: { ...call.headers, ...headers } }));

const ofMethod: fc.Arbitrary<Change> = fc
  .constantFrom("PATCH", "OPTIONS", "TRACE", "PURGE")
  .map((method) => (call) => ({ ...call, method }));

/** Calls that are wrong in one way: in what is sent, where, by whom or how. @param foreign headers of keys that may not do this */
export function mutated(calls: fc.Arbitrary<ApiCall>, foreign: readonly string[]): fc.Arbitrary<ApiCall> {
  return calls.chain((call) => {
    const isJson = call.headers["content-type"] === "application/json";
    const changes = [
      ...(isJson
        ? [
            { weight: 6, arbitrary: inBody },
            { weight: 2, arbitrary: ofText },
          ]
        : []),
      ...(call.body !== undefined && !isJson ? [{ weight: 6, arbitrary: ofFile }] : []),
      ...(Object.keys(call.params).length > 0 ? [{ weight: 3, arbitrary: ofPath }] : []),
      { weight: 3, arbitrary: ofQuery },
      { weight: 2, arbitrary: ofHeaders(foreign) },
      { weight: 1, arbitrary: ofMethod },
    ];
    return fc.oneof(...changes).map((change) => change(call));
  });
}
