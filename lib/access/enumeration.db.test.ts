import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/access/actor";
import { pool } from "@/lib/db";
import { spreadIds, spreadStart, withoutIds } from "@/lib/testing/ids";
import { alsoNamed, knownOf, makeThings, type Things } from "@/lib/testing/things";
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
let before: string;
beforeAll(async () => {
  await spreadIds(spreadStart);
  own = await makeThings();
  await spreadIds(10_000);
  foreign = await makeThings();
  await spreadIds(1_000_000);
  const roles = new Map([[own.applicationId, "admin" as const]]);
  asks.actor = person({ id: own.personId, name: "Ada", administrator: false, roles });
  before = await dump(foreign.applicationId);
});

/** An id that nothing has ever had. */
function absentId(kind: Kind): string | number {
  const id = foreign[kind];
  if (kind === "batchId") return "qqqqqqqq";
  if (kind === "personId") return "nobodyHasThisId";
  return typeof id === "number" ? id + 500_000 : String(Number(id) + 500_000);
}

/** All that the database holds of an application but the record of refusals, which is of whoever asked. */
async function dump(applicationId: number): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'application_id' ORDER BY table_name`,
  );
  const parts = await Promise.all(
    tables.map(async ({ name }) => {
      const done = name === "audit_entry" ? "AND event <> 'refused'" : "";
      const text = `SELECT t::text FROM "${name}" t WHERE application_id = $1 ${done} ORDER BY 1`;
      const { rows } = await pool.query(text, [applicationId]);
      return `${name} ${JSON.stringify(rows)}`;
    }),
  );
  return parts.join("\n");
}

/** The ids that are tried of a kind: another application's, and those around it that are nobody's. */
function triedIds(kind: Kind): (string | number)[] {
  const id = foreign[kind];
  if (!/^\d+$/.test(String(id))) return [id];
  const around = [1, 2, 7, 1000].map((step) => Number(id) + step);
  return [id, ...around.map((one) => (typeof id === "number" ? one : String(one)))];
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
/** Asks by the ids of another application and by one that nothing has: the answers are alike. */
async function expectAlike(kind: Kind, ask: (id: string | number) => Promise<unknown>): Promise<void> {
  const outcome = async (id: string | number) => told(await ask(id).catch((error: unknown) => ({ error })), id);
  const absent = await outcome(absentId(kind));
  for (const id of triedIds(kind)) {
    probes += 1;
    expect(await outcome(id), `${kind} ${id}`).toBe(absent);
  }
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
      if (action !== restoresView || kind !== "viewId") await expectAlike(kind, (id) => action(put(input, path, id)));
  expect({ fitting: fitting.length > 0, ids: widest.some((input) => idPlaces(input).length > 0) }).toEqual({
    fitting: true,
    ids: action !== createsApplication,
  });
});

/** The parts of an address that a file of a page or route has. */
const partsOf = (file: string) =>
  [...file.matchAll(/\[(\w+)\]/g)].flatMap(([, name = ""]) => (isKind(name) ? [name] : []));
const texts = (things: Things) => Object.fromEntries(Object.entries(things).map(([name, id]) => [name, String(id)]));
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
      page({ params: Promise.resolve({ ...texts(own), ...rest, ...address }), searchParams: Promise.resolve(query) });
    for (const kind of partsOf(file)) await expectAlike(kind, (id) => open({ [kind]: String(id) }, {}));
    for (const [name, kind] of queries) await expectAlike(kind, (id) => open({}, { [name]: String(id) }));
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
      const answer = await GET(request, { params: Promise.resolve({ ...texts(own), ...rest, ...address }) });
      return { status: answer.status, text: await readShortly(answer) };
    };
    for (const kind of partsOf(file)) await expectAlike(kind, (id) => ask({ [kind]: String(id) }, {}));
    for (const [name, kind] of queries) await expectAlike(kind, (id) => ask({}, { [name]: String(id) }));
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
  expect(await dump(foreign.applicationId)).toBe(before);
});
