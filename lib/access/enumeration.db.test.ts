import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { createKey } from "@/lib/keys/commands";
import { updateSession } from "@/lib/sessions/update";
import { auditOf } from "@/lib/testing/audit";
import { admitted, makeBatch } from "@/lib/testing/builders";
import { dumpOf } from "@/lib/testing/dump";
import { spreadIds, spreadStart, withoutIds } from "@/lib/testing/ids";
import { alsoNamed, knownOf, makeGone, makeThings, type Things } from "@/lib/testing/things";
import { valuesFor } from "@/lib/testing/values";
import { dashboardPages, dashboardRoutes, everyAction, inputSchema } from "@/lib/testing/ways-in";

// An admin of one application asks for what another one has. Every answer is the one for an id that nothing has ever had.
const asks = vi.hoisted(() => ({ actor: null as unknown }));
vi.mock("@/lib/access/actor", async (original) => ({
  ...(await original<typeof import("@/lib/access/actor")>()),
  currentActor: async () => asks.actor,
}));
vi.mock("@/lib/access/signed-in", () => ({ signedIn: async () => null }));
vi.mock("next/cache", () => ({ refresh: () => undefined }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ host: "shop.test", origin: "http://shop.test" }),
}));
vi.mock("@/lib/action", async (original) => {
  const { keepingDefinitions } = await import("@/lib/testing/ways-in");
  return keepingDefinitions(await original());
});

type Kind = keyof Things;
const actions = await everyAction();
const pages = Object.entries(dashboardPages);
const routes = Object.entries(dashboardRoutes);

const kinds = [
  ...["applicationId", "campaignId", "referralId", "batchId", "operationId", "planId", "importId", "selectionId"],
  ...["viewId", "keyId", "budgetId", "scheduleId", "personId"],
] as Kind[];
const isKind = (name: string): name is Kind => kinds.some((kind) => kind === name);

const named = (wanted: string) => actions.find(([name]) => name === wanted)?.[1];
const createsApplication = named("applications createApplicationAction");
const restoresView = named("views restoreViewAction");

let own: Things;
let foreign: Things;
let gone: Things; // what it names has been another application's
let before: string[];
/** What stands in texts of the other application alone: a code, a friend, a session, and who did it. */
const [mark, unused] = ["4711471147", "5822582258"];

async function markForeign(): Promise<void> {
  const scope = admitted({ applicationId: foreign.applicationId, campaignId: foreign.campaignId });
  await makeBatch(foreign, [{ code: `QX${mark}` }]);
  const cart = { cartItems: [{ name: "Mug", sku: "mug", price: 9, quantity: 1 }] };
  await updateSession(scope, `order${mark}`, {
    ...{ state: "closed", profileId: `friend${mark}`, referralCode: `QX${mark}`, ...cart },
  });
  const actor = person({ id: "m", name: `Mallory${mark}`, administrator: true, roles: new Map() });
  const terms = {
    kind: "integration",
    name: `key${mark}`,
    permissions: undefined,
    perSecond: 10,
    expires: null,
  } as const;
  await createKey(admit(actor, { applicationId: foreign.applicationId }, "keys.write"), terms);
}

const held = async () => [...(await dumpOf(foreign.applicationId)), ...(await dumpOf(gone.applicationId))];

beforeAll(async () => {
  await spreadIds(spreadStart);
  own = await makeThings();
  await spreadIds(10_000);
  foreign = await makeThings();
  await markForeign();
  await spreadIds(10_000);
  gone = await makeGone();
  await spreadIds(1_000_000);
  const roles = new Map([[own.applicationId, "admin" as const]]);
  asks.actor = person({ id: own.personId, name: "Ada", administrator: false, roles });
  before = await held();
});

/** An id that nothing has ever had. */
function absentId(kind: Kind): string | number {
  const id = foreign[kind];
  if (kind === "batchId") return "qqqqqqqq";
  if (kind === "personId") return "nobodyHasThisId";
  return typeof id === "number" ? id + 500_000 : String(Number(id) + 500_000);
}

/** The ids that are tried of a kind: another application's, one that is gone, and those around that are nobody's. */
function triedIds(kind: Kind): (string | number)[] {
  const id = foreign[kind];
  if (!/^\d+$/.test(String(id))) return [id, gone[kind]];
  const around = [1, 2, 7, 1000].map((step) => Number(id) + step);
  return [id, gone[kind], ...around.map((one) => (typeof id === "number" ? one : String(one)))];
}

/** An answer in one text, without the id that was asked for and what is new in each answer. */
function told(answer: unknown, id: string | number): string {
  const seen = new WeakSet<object>();
  const text = JSON.stringify(answer, (_, value: unknown) => {
    if (typeof value === "bigint") return String(value);
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return "again";
    seen.add(value);
    return value instanceof Error ? { message: value.message, digest: "digest" in value ? value.digest : "" } : value;
  });
  return withoutIds(text ?? "nothing", id);
}

let probes = 0;
/** Asks by what another application has and by what nobody has: the answers are alike. Gives the answer. */
async function expectAlike<Id extends string | number>(
  [absent, ...tried]: [Id, ...Id[]],
  ask: (id: Id) => Promise<unknown>,
): Promise<string> {
  const outcome = async (id: Id) => told(await ask(id).catch((error: unknown) => ({ error })), id);
  const expected = await outcome(absent);
  for (const id of tried) {
    probes += 1;
    expect(await outcome(id), String(id)).toBe(expected);
  }
  return expected;
}

/** The same by ids of a kind. */
const expectIdsAlike = (kind: Kind, ask: (id: string | number) => Promise<unknown>) =>
  expectAlike([absentId(kind), ...triedIds(kind)], ask);

/** What an address asks for by a text, and what that begins with where the other application has it. */
const texts = { q: "QX", code: "QX", by: "Mallory", id: "friend", friend: "friend" };

/** Asks by texts of the other application, in a query; and what is asked for nothing tells none of them. */
async function expectTextsAlike(ask: (query: Record<string, string>) => Promise<unknown>): Promise<void> {
  for (const [name, begins] of Object.entries(texts))
    await expectAlike([unused, mark], (part) => ask({ [name]: `${begins}${part}` }));
  expect(told(await ask({}).catch((error: unknown) => ({ error })), unused)).not.toContain(mark);
}

/** The places of a value whose name is that of an id, each with the kind of thing that it names. */
function idPlaces(value: unknown, path: string[] = []): { path: string[]; kind: Kind }[] {
  if (typeof value !== "object" || value === null) {
    const name = path.findLast((key) => !/^\d+$/.test(key)) ?? "";
    const kind = alsoNamed[name] ?? (isKind(name) ? name : undefined);
    return kind && value !== null ? [{ path, kind }] : [];
  }
  return Object.entries(value).flatMap(([key, inner]) => idPlaces(inner, [...path, key]));
}

function put(value: unknown, [key, ...rest]: string[], id: unknown): unknown {
  if (key === undefined) return id;
  const next = put((value as Record<string, unknown>)[key], rest, id);
  if (Array.isArray(value)) return value.map((one, index) => (String(index) === key ? next : one));
  return { ...(value as object), [key]: next };
}

test.each(actions)("the action %s", async (_, action) => {
  const values = valuesFor({}, knownOf(own))(inputSchema(action));
  const fitting = fc
    .sample(values, { seed: 1, numRuns: 1500 })
    .filter((input) => action.definition.input.safeParse(input).success);
  const widest = fitting.toSorted((a, b) => idPlaces(b).length - idPlaces(a).length).slice(0, 5);
  // a deleted view comes back by any id that some view had, in its own application alone
  for (const input of widest)
    for (const { path, kind } of idPlaces(input))
      if (action !== restoresView || kind !== "viewId")
        await expectIdsAlike(kind, (id) => action(put(input, path, id)));
  expect({ fitting: fitting.length > 0, ids: widest.some((input) => idPlaces(input).length > 0) }).toEqual({
    fitting: true,
    ids: action !== createsApplication,
  });
});

/** The parts of an address that a file of a page or route has. */
const partsOf = (file: string) =>
  [...file.matchAll(/\[(\w+)\]/g)].flatMap(([, name = ""]) => (isKind(name) ? [name] : []));
const asTexts = (things: Things) => Object.fromEntries(Object.entries(things).map(([name, id]) => [name, String(id)]));
/** What of an address's query names things. */
const queries: [name: string, kind: Kind][] = [
  ["batch", "batchId"],
  ["selection", "selectionId"],
  ["ids", "referralId"],
  ["operation", "operationId"],
  ["before", "operationId"],
  ["view", "viewId"],
  ["replaces", "planId"],
  ["left", "operationId"],
  ["again", "importId"],
];
const rest = { name: "tier", rows: "rest" };

describe.each(pages)("the page %s", (file, load) => {
  test("tells nothing of another application", async () => {
    const { default: page } = await load();
    const open = (address: object, query: object) =>
      page({ params: Promise.resolve({ ...asTexts(own), ...rest, ...address }), searchParams: Promise.resolve(query) });
    for (const kind of partsOf(file))
      expect(await expectIdsAlike(kind, (id) => open({ [kind]: String(id) }, {})), kind).toContain(";404");
    for (const [name, kind] of queries) await expectIdsAlike(kind, (id) => open({}, { [name]: String(id) }));
    await expectTextsAlike((query) => open({}, query));
  });
});

describe.each(routes)("the route %s", (file, load) => {
  test("tells nothing of another application", async () => {
    const { GET } = await load();
    if (!GET) return;
    const ask = async (address: object, query: Record<string, string>) => {
      const request = new Request(`http://shop.test/?${new URLSearchParams(query)}`, {
        headers: { host: "shop.test" },
      });
      const answer = await GET(request, { params: Promise.resolve({ ...asTexts(own), ...rest, ...address }) });
      return { status: answer.status, text: await readShortly(answer) };
    };
    const asked = { ids: own.referralId }; // which of these are chosen: of no selection none
    const nothing = /"status":404|"text":"{\\"ids\\":\[\]}"/;
    for (const kind of partsOf(file))
      expect(await expectIdsAlike(kind, (id) => ask({ [kind]: String(id) }, asked)), kind).toMatch(nothing);
    for (const [name, kind] of queries) await expectIdsAlike(kind, (id) => ask({}, { [name]: String(id) }));
    await expectTextsAlike((query) => ask({}, query));
  });
});

/** What an answer begins with; one that goes on for ever, as a page's live news, is left after its first part. */
async function readShortly(answer: Response): Promise<string> {
  if (!answer.headers.get("content-type")?.startsWith("text/event-stream")) return answer.text();
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}

test("5,000 probes and more changed nothing of the other application", async () => {
  expect(probes).toBeGreaterThan(5000);
  expect(await held()).toEqual(before);
  expect(await auditOf(process.env.DATABASE_URL ?? "")).toEqual([]);
});
