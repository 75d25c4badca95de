import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { heardErrors, heardLines } from "@/lib/testing/heard-log";
import { testLength } from "@/lib/testing/length";
import { mutatedValue, oddValues } from "@/lib/testing/mutations";
import { knownOf, makeThings, type Things } from "@/lib/testing/things";
import { valuesFor } from "@/lib/testing/values";
import {
  type Action,
  accountForms,
  dashboardPages,
  dashboardRoutes,
  everyAction,
  inputSchema,
} from "@/lib/testing/ways-in";

// Somebody who may do everything sends what no form sends: every answer is one that was thought of, and none is “unexpected”.
vi.mock("@/lib/access/actor", async (original) => {
  const { everyPermission } = await import("@/lib/access/permissions");
  const actor = { kind: "person", id: "tester", name: "Tester", permissions: everyPermission };
  return { ...(await original<typeof import("@/lib/access/actor")>()), currentActor: async () => actor };
});
vi.mock("@/lib/access/signed-in", () => ({ signedIn: async () => null }));
vi.mock("next/cache", () => ({ refresh: () => undefined }));
vi.mock("@/lib/log", async (original) => (await import("@/lib/testing/heard-log")).hearing(await original()));
vi.mock("next/headers", () => ({
  headers: async () =>
    new Headers({ host: "shop.test", origin: "http://shop.test", cookie: "referrals=canary-of-a-session" }),
}));
vi.mock("@/lib/action", async (original) => {
  const { keepingDefinitions } = await import("@/lib/testing/ways-in");
  return keepingDefinitions(await original());
});

/** How many inputs each action is sent, and how many addresses each page and route; `npm run test:long` sends a hundred times as many. */
const each = 250 * testLength;
/** The same inputs in each \`npm test\`, others in each long one. */
const seed = testLength === 1 ? { seed: 29 } : {};
const actions = await everyAction();
const pages = Object.entries(dashboardPages);
const routes = Object.entries(dashboardRoutes);
let things: Things;
let sent = 0;
/** What stands in every secret that is sent. */
const canary = "canary-of-a-";
const headers = { host: "shop.test", origin: "http://shop.test", cookie: `referrals=${canary}session` };
/** What an action may answer; the page that asked knows nothing else. */
const answers = z.union([
  z.strictObject({ ok: z.literal(true), data: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    code: z.string().regex(/^[a-z_]+$/),
    message: z.string().regex(/\S/),
    fields: z.record(z.string(), z.string().regex(/\S/)).optional(),
    details: z.unknown().optional(),
  }),
]);
const rejected: unknown[] = [];
const note = (reason: unknown) => void rejected.push(reason);
beforeAll(async () => {
  process.on("unhandledRejection", note);
  things = await makeThings();
});
afterAll(() => {
  process.off("unhandledRejection", note);
});

/** Inputs as the action's own form sends them, and what becomes of them when values, fields and types are changed. */
function inputsOf(action: Action): fc.Arbitrary<unknown> {
  const fitting = valuesFor({}, knownOf(things))(inputSchema(action));
  const changed = fc.tuple(fitting, fc.array(mutatedValue, { minLength: 1, maxLength: 3 }));
  return fc.oneof(
    fitting,
    {
      weight: 4,
      arbitrary: changed.map(([input, changes]) => changes.reduce((value, change) => change(value), input)),
    },
    fc.constantFrom(...oddValues),
  );
}

test.each(actions)("the action %s answers whatever it is sent", async (name, action) => {
  await fc.assert(
    fc.asyncProperty(inputsOf(action), async (input) => {
      sent += 1;
      const answer = await action(input);
      expect(answers.safeParse(answer).error, name).toBeUndefined();
      if (!answer.ok) expect(answer.code, JSON.stringify(input)?.slice(0, 2000)).not.toBe("unexpected");
    }),
    { numRuns: each, ...seed },
  );
});

const texts = oddValues.map((value) => (typeof value === "string" ? value : (JSON.stringify(value) ?? "")));
const odd = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "binary", maxLength: 60 }));
const names = fc.constantFrom(
  ...[
    "q",
    "status",
    "sort",
    "created",
    "page",
    "size",
    "batch",
    "selection",
    "columns",
    "redemptions",
    "advocate",
    "format",
  ],
  ...[
    "from",
    "to",
    "by",
    "what",
    "kind",
    "code",
    "before",
    "after",
    "view",
    "range",
    "step",
    "attributes.tier",
    "ids",
    "rows",
  ],
);
const queries = fc.array(fc.tuple(names, odd), { maxLength: 5 });
/** An address with some of its parts put in another's place. */
const addresses = fc.dictionary(
  fc.constantFrom(...["applicationId", "campaignId", "referralId", "batchId", "operationId"]),
  odd,
  {
    maxKeys: 1,
  },
);
const own = () => ({
  ...Object.fromEntries(Object.entries(things).map(([name, id]) => [name, String(id)])),
  name: "tier",
  rows: "rest",
});
const few = Math.ceil(each / 5);

/** What Next makes a page of its own of: nothing there, elsewhere, not allowed. */
const isAnswer = (error: unknown) =>
  error instanceof Error && "digest" in error && /^(NEXT_|FORBIDDEN|NOT_FOUND)/.test(String(error.digest));

describe("an address", () => {
  test.each(pages)("of the page %s is answered, whatever stands in it", async (_, load) => {
    const { default: page } = await load();
    await fc.assert(
      fc.asyncProperty(addresses, queries, async (parts, query) => {
        sent += 1;
        const searchParams = Promise.resolve(Object.fromEntries(query));
        await page({ params: Promise.resolve({ ...own(), ...parts }), searchParams }).catch((error: unknown) => {
          if (!isAnswer(error)) throw error;
        });
      }),
      { numRuns: few, ...seed },
    );
  });

  test.each(routes)("of the route %s is answered, whatever stands in it", async (_, load) => {
    const { GET, POST } = await load();
    await fc.assert(
      fc.asyncProperty(addresses, queries, fc.uint8Array({ maxLength: 200 }), async (parts, query, body) => {
        const url = `http://shop.test/?${new URLSearchParams(query.map(([name, text]) => [name, text.toWellFormed()]))}`;
        const params = () => Promise.resolve({ ...own(), ...parts });
        for (const [method, answer] of Object.entries({ GET, POST })) {
          if (!answer) continue;
          sent += 1;
          const request = new Request(url, { method, headers, ...(method === "POST" && { body: Buffer.from(body) }) });
          const { status, body: told } = await answer(request, { params: params() });
          await told?.cancel();
          expect(status, `${method} ${url}`).toBeLessThan(500);
        }
      }),
      { numRuns: few, ...seed },
    );
  });
});

const forms = Object.entries(accountForms);
const fieldNames = fc.constantFrom("email", "password", "name", "session", "to", "current", "code", "linked", "form");
const secrets = new Set(["password", "current", "code"]);

test.each(forms)("the form %s is answered, whatever stands in it", async (_, load) => {
  const { POST, GET } = await load();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fieldNames, odd), { maxLength: 6 }), odd, async (fields, token) => {
      const written = (name: string, text: string) =>
        (secrets.has(name) ? `${canary}${name} ` : "") + text.toWellFormed();
      const body = new URLSearchParams(fields.map(([name, text]) => [name, written(name, text)]));
      for (const [method, answer] of Object.entries({ GET, POST })) {
        if (!answer) continue;
        sent += 1;
        const request = new Request(`http://shop.test/?${body}`, {
          method,
          headers,
          ...(method === "POST" && { body }),
        });
        const { status } = await answer(request, { params: Promise.resolve({ token: token.toWellFormed() }) });
        expect(status, `${method} ${body}`).toBeLessThan(500);
      }
    }),
    { numRuns: few, ...seed },
  );
});

test("10,000 and more were sent, and nothing was unexpected", () => {
  expect(sent).toBeGreaterThan(10_000);
  expect(heardErrors()).toEqual([]);
  expect(rejected).toEqual([]);
  expect(heardLines.filter((line) => line.includes(canary))).toEqual([]);
});
