import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { SignedIn } from "@/lib/access/signed-in";
import { changePassword } from "@/lib/accounts/own";
import { makeFirst } from "@/lib/accounts/people";
import { signIn, signOut } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";
import { auditOf } from "@/lib/testing/audit";
import { killing } from "@/lib/testing/killed";
import { knownOf, makeThings, type Things } from "@/lib/testing/things";
import { valuesFor } from "@/lib/testing/values";
import { type Action, everyAction, inputSchema } from "@/lib/testing/ways-in";

// Whatever ends a change between what it writes and its record, or between that and its commit, leaves neither (G1): the database ends
// the connection there, as a crash would. Let through, it leaves both.
vi.mock("@/lib/access/actor", async (original) => {
  const { everyPermission } = await import("@/lib/access/permissions");
  const actor = { kind: "person", id: "tester", name: "Tester", permissions: everyPermission };
  return { ...(await original<typeof import("@/lib/access/actor")>()), currentActor: async () => actor };
});
vi.mock("@/lib/access/signed-in", () => ({ signedIn: async () => null }));
vi.mock("next/cache", () => ({ refresh: () => undefined }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ host: "shop.test", origin: "http://shop.test" }),
}));
vi.mock("@/lib/action", async (original) => {
  const { keepingDefinitions } = await import("@/lib/testing/ways-in");
  return keepingDefinitions(await original());
});

const url = process.env.DATABASE_URL ?? "";
const { administrator, killed, contents, records } = await killing(url);

const terms = { title: "VIP", description: "", suggestions: [], restricted: false };
/** Inputs that are not met by chance, because they have to say what there is. */
const inputs: Record<string, (things: Things) => object | Promise<object>> = {
  saveTimeZoneAction: ({ applicationId }) => ({ applicationId, timeZone: "UTC", shown: "Europe/Berlin" }),
  saveApprovalAction: async ({ applicationId }) => {
    await administrator.query("UPDATE application SET approval_above = 5 WHERE id = $1", [applicationId]);
    return { applicationId, approvalAbove: null, shown: 5 };
  },
  saveAttributeAction: ({ applicationId }) => ({
    ...{ applicationId, name: "vip", type: "boolean", ...terms, title: "Very important" },
    shown: terms,
  }),
  deleteAttributeAction: ({ applicationId }) => ({ applicationId, name: "vip" }),
  saveBudgetAction: ({ applicationId, campaignId, budgetId }) => ({
    ...{ applicationId, campaignId, budgetId, limit: 20, shown: 10 },
  }),
  removeMemberAction: async ({ applicationId, personId }) => {
    await administrator.query("UPDATE member SET role = 'viewer' WHERE person_id = $1", [personId]); // not the only admin
    return { applicationId, personId };
  },
  scheduleEditAction: ({ applicationId, campaignId, planId }) => ({
    ...{ scope: { applicationId, campaignId }, planId },
    starts: new Date(Date.now() + 86_400_000).toISOString(),
  }),
  saveAction: ({ applicationId, campaignId, referralId }) => ({
    ...{ scope: { applicationId, campaignId }, referralId, shown: { usageLimit: "10" } },
    changes: { usageLimit: { do: "set", value: 77 } },
  }),
};
/** What changes no code, setting, key or member, and keeps no record. */
const unrecorded = [
  ...["batches nameBatchAction", "imports discardImportAction", "imports rereadImportAction"],
  ...["selections chooseReferralsAction", "views createViewAction", "views saveViewAction"],
  ...["views deleteViewAction", "views restoreViewAction"],
];
/** What needs more than there is here: a request for approval, an operation that runs or left something. */
const elsewhere = [
  ...["accounts removeFactorAction", "imports planChangesAction", "redemptions repairRedemptionsAction"],
  ...["askApproval", "approvePlan", "refusePlan", "withdrawPlan", "planRetry", "planAnew", "cancelOperation"].map(
    (name) => `operations ${name}Action`,
  ),
  "schedules endScheduleAction",
];
/** How many things an action is about where it is more than one: a member and the link for them. */
const about: Record<string, number> = { "members inviteMemberAction": 2 };
const actions = (await everyAction()).filter(([name]) => !elsewhere.includes(name));

async function inputsOf(name: string, action: Action): Promise<unknown[]> {
  const things = await makeThings();
  const own = await inputs[name.split(" ")[1] ?? ""]?.(things);
  if (own) return [own];
  const fitting = fc
    .sample(valuesFor({}, knownOf(things))(inputSchema(action)), { seed: 7, numRuns: 600 })
    .filter((input) => action.definition.input.safeParse(input).success);
  return fitting.slice(0, unrecorded.includes(name) ? 5 : 12);
}

test.each(actions)("the action %s leaves its change and its record, or neither", async (name, action) => {
  let done = 0;
  let cut = 0;
  let last: unknown;
  for (const input of await inputsOf(name, action)) {
    if (done > 0) break;
    const before = await contents();
    for (const moment of ["record", "commit"] as const) {
      const answer = await killed(moment, () => action(input));
      if (answer.ok || answer.code !== "unavailable") break; // nothing was to be recorded
      cut += 1;
      expect(await contents(), `ended before its ${moment}: ${JSON.stringify(input)}`).toEqual(before);
    }
    const earlier = await records();
    const answer = await action(input);
    last = answer;
    const later = await records();
    const recorded = later.audit > earlier.audit || later.operations !== earlier.operations;
    expect(later.doubled).toBe(0);
    expect(later.audit - earlier.audit).toBeLessThanOrEqual(about[name] ?? 1);
    if (answer.ok && recorded) done += 1;
  }
  expect({ ended: cut >= 2, recorded: done > 0 }, JSON.stringify(last)).toEqual(
    unrecorded.includes(name) ? { ended: false, recorded: false } : { ended: true, recorded: true },
  );
});

test("another password and signing out leave their change and their record, or neither", async () => {
  const own = { email: "ada.first@example.com", password: "correct horse battery" };
  const id = await makeFirst({ name: "Ada", ...own });
  const from = { "x-forwarded-for": "192.0.2.1" };
  const changes: Record<string, (ada: SignedIn, asked: Headers) => Promise<unknown>> = {
    signed_out: signOut,
    password_changed: (ada, asked) =>
      changePassword(ada, { current: own.password, password: "another long password" }, asked),
  };
  const held = async () => {
    const { credential, person_session, audit_entry } = await contents();
    return { credential, person_session, audit_entry };
  };
  for (const [event, change] of Object.entries(changes)) {
    const { cookies } = await signIn(own, new Headers(from));
    const asked = new Headers({ ...from, cookie: cookies.map((cookie) => cookie.split(";")[0]).join("; ") });
    const { id: sessionId } = await db.personSession.findFirstOrThrow({ where: { personId: id } });
    const ada = { id, sessionId, name: "Ada", email: own.email, administrator: true, roles: new Map() };
    const before = await held();
    for (const moment of ["record", "commit"] as const) {
      await expect(
        killed(moment, () => change(ada, asked)),
        event,
      ).rejects.toMatchObject({ fault: "away" });
      expect(await held(), `${event}, ended before its ${moment}`).toEqual(before);
    }
    await change(ada, asked);
    expect(await db.auditEntry.count({ where: { event, actorId: id } })).toBe(1);
  }
});

test("after all of it the database is sound", async () => {
  expect(await auditOf(url)).toEqual([]);
});
