import type { Server } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { startApi } from "@/lib/testing/api";
import { type ApiCall, addressOf, type CallAnswer, callsOf, sender } from "@/lib/testing/calls";
import { heardErrors, heardLines } from "@/lib/testing/heard-log";
import { testLength } from "@/lib/testing/length";
import { mutated } from "@/lib/testing/mutations";
import { csvFiles, makeShop } from "@/lib/testing/shop";
import { openApi } from "./openapi";
import { bodyOf, keyKindOf, type Listed, operationsOf } from "./openapi-types";

// Every operation is called at random, from its description alone: whatever is sent, the answer is a described one and no 5xx.
vi.mock("@/lib/log", async (original) => (await import("@/lib/testing/heard-log")).hearing(await original()));
const callsEach = 300 * testLength;
const [atOnce, filesAtOnce] = [8, 1]; // how many files come and go at once is limited, and said by 503
const description = openApi();

let server: Server;
let sent: ReturnType<typeof sender>;
let stranger: Awaited<ReturnType<typeof makeShop>>;
/** The ends of all keys that were sent. */
const keys = new Set<string>();
beforeAll(async () => {
  const started = await startApi();
  server = started.server;
  sent = sender(started.address);
  stranger = await makeShop(1);
});
afterAll(() => {
  sent.close();
  server.close();
});

/** Schemas of answers as zod reads them, with what they refer to. */
const readers = new Map<object, z.ZodType>();
function readerOf(schema: object): z.ZodType {
  const before = readers.get(schema);
  if (before) return before;
  const text = JSON.stringify({ ...schema, $defs: description.components.schemas });
  const reader = z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")));
  readers.set(schema, reader);
  return reader;
}

/** What is wrong with an answer; null where it is as described. */
function wrongWith({ responses }: Listed, { status, type, text }: CallAnswer): string | null {
  const described = responses[status];
  if (!described) return `The status ${status} is not described.`;
  if (status >= 500) return `Nothing that is sent may come to ${status}.`;
  const [[media, content] = []] = Object.entries(described.content ?? {});
  if (!media || !content) return text === "" ? null : "A body is answered where none is described.";
  if (type !== media) return `The body is ${type}, not ${media}.`;
  if (media !== "application/json") return null;
  const { error } = readerOf(content.schema).safeParse(JSON.parse(text));
  return error ? z.prettifyError(error) : null;
}

async function callAll(operation: Listed, calls: ApiCall[]): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  const left = calls.values();
  const work = async () => {
    for (const call of left) {
      const answer = await sent.send(call);
      const wrong = wrongWith(operation, answer);
      const asked = `${call.method} ${addressOf(call)} ${JSON.stringify(call.headers)} ${String(call.body ?? "").slice(0, 2000)}`;
      if (wrong !== null) expect.fail(`${wrong}\n${asked}\n${answer.status} ${answer.text.slice(0, 2000)}`);
      counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
    }
  };
  const answered = Object.keys(operation.responses[200]?.content ?? {});
  const isFile = [...answered, bodyOf(operation)?.type ?? "application/json"].some(
    (type) => type !== "application/json",
  );
  const edits = /^(PUT|DELETE)/i.test(operation.verb); // many who lock the same codes at once wait too long, which is said by 503
  await Promise.all(Array.from({ length: isFile ? filesAtOnce : edits ? 2 : atOnce }, work));
  return counts;
}

it.each(operationsOf(description))(
  "$operationId answers as described, whatever it is sent",
  async (operation) => {
    const shop = await makeShop();
    const kind = keyKindOf(operation);
    const authorization = shop.authorization[kind];
    const foreign = [
      shop.authorization[kind === "integration" ? "management" : "integration"],
      stranger.authorization[kind],
    ];
    const valid = callsOf(description, operation, { known: shop.known, authorization, files: csvFiles });
    for (const text of Object.values(shop.authorization)) keys.add(text.slice(-20));
    const seed = Date.now();
    const answered = await callAll(operation, fc.sample(valid, { numRuns: callsEach, seed }));
    const refused = await callAll(operation, fc.sample(mutated(valid, foreign), { numRuns: callsEach, seed }));
    const done = [...answered].reduce((sum, [status, count]) => (status < 300 ? sum + count : sum), 0);
    expect(done, `valid calls that were carried out: ${JSON.stringify([...answered])}`).toBeGreaterThan(callsEach / 20);
    expect([...refused.keys()].some((status) => status >= 400)).toBe(true);
  },
  300_000 * testLength,
);

it("nothing of it was unexpected, and no line of the log holds a key", () => {
  expect(keys.size).toBeGreaterThan(1);
  expect(heardErrors()).toEqual([]);
  expect(heardLines.filter((line) => [...keys].some((key) => line.includes(key)))).toEqual([]);
});
