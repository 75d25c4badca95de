import pino from "pino";
import { expect, test } from "vitest";
import { logOptions } from "@/lib/log";

/** What is written of something that is logged. */
function written(object: object): string {
  const lines: string[] = [];
  pino({ ...logOptions, level: "info" }, { write: (line: string) => void lines.push(line) }).info(object, "said");
  return lines.join("");
}

const canary = "canary-4711";
const key = `rfi_1_${"Ab1_".repeat(10)}xyz`;

test.each<[string, object]>([
  ["a password", { password: canary }],
  ["the headers of a request", { headers: { authorization: canary, Cookie: canary } }],
  ["a request in something else", { request: { headers: { "set-cookie": [canary] } } }],
  ["what hangs on an error", { err: Object.assign(new Error("no"), { data: { token: canary, hash: canary } }) }],
  ["an error in an error", { err: new Error("no", { cause: Object.assign(new Error("x"), { secret: canary }) }) }],
  ["a list", { tried: [{ password: canary }, { password: { text: canary } }] }],
])("%s is not written", (_, object) => {
  expect(written(object)).not.toContain(canary);
});

test("a key of the API and a link that lets somebody in are not written, whatever text they stand in", () => {
  const link = `http://127.0.0.1/enter/${"x".repeat(43)}`;
  const line = written({ err: new Error(`no ${key}, ${link}`), path: `/a?${key}`, deep: [{ text: key }] });
  expect(line).not.toContain(key.slice(8));
  expect(line).not.toContain("x".repeat(43));
  expect(line).toContain("rfi_1_…");
});

test("no text begins a line of its own, whatever it is", () => {
  const forged = '\n{"level":50,"msg":"forged"}\r\n\u2028\u2029\u0085\x1b[2K';
  const text = written({ err: new Error(forged), name: forged, [forged]: forged });
  expect(text.split("\n")).toHaveLength(2);
  for (const sign of ["\r", "\x1b"]) expect(text).not.toContain(sign);
  expect(JSON.parse(text)).toMatchObject({ msg: "said", name: forged });
});

test("what is no secret is written: codes, causes, nothing and what goes in circles", () => {
  const circle: Record<string, unknown> = { code: "23505" };
  circle.self = circle;
  const line = JSON.parse(written({ err: Object.assign(new Error("no"), { code: "57P01" }), circle, token: null }));
  expect(line).toMatchObject({ err: { code: "57P01", message: "no" }, circle: { code: "23505" }, token: null });
});
