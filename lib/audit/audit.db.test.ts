import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, it } from "vitest";
import { type Actor, person } from "@/lib/access/actor";
import { admit, type CampaignIds } from "@/lib/access/scope";
import { createApplication, saveTimeZone } from "@/lib/applications/commands";
import { createAttribute, deleteAttribute, saveAttribute } from "@/lib/attributes/commands";
import { auditCsv } from "@/lib/audit/export";
import { readAudit } from "@/lib/audit/queries";
import { auditHref, readAuditList } from "@/lib/audit/search-params";
import { addBudget, removeBudget, saveBudget } from "@/lib/budgets/commands";
import { createCampaign } from "@/lib/campaigns/commands";
import { pool } from "@/lib/db";
import { createKey, revokeKey, rotateKey } from "@/lib/keys/commands";
import { changeRole, inviteMember, removeMember } from "@/lib/members/commands";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

let ids: CampaignIds;
let root: Actor;
const zone = "Europe/Berlin";
const all = readAuditList({});
const reading = () => admit(root, { applicationId: ids.applicationId }, "audit.read");
const read = async (asked: Record<string, string> = {}, size = 50) =>
  readAudit(reading(), readAuditList(asked), zone, size);
const events = async () => (await read()).lines.map(({ event, subject }) => `${event} ${subject}`).reverse();

beforeEach(async () => {
  ids = await makeCampaign();
  root = person({ id: "root", name: "Root", from: "203.0.113.7", administrator: true, roles: new Map() });
});

describe("what is recorded", () => {
  it("is every change of settings, keys and members: who, as what, from where, before and after", async () => {
    const { applicationId } = ids;
    const at = <P extends Parameters<typeof admit>[2]>(permission: P) => admit(root, { applicationId }, permission);
    await saveTimeZone(at("applications.write"), { timeZone: "UTC", shown: zone });
    await createCampaign(at("campaigns.write"), {
      ...{ name: "Winter", description: "", referrals: true, codePattern: "####-####", codeCharacters: "ABCDEFGH" },
    });
    const terms = { title: "Size", description: "", suggestions: [], restricted: false };
    await createAttribute(at("attributes.write"), { name: "size", type: "string", ...terms });
    const renamed = { ...terms, title: "Size of shirt" };
    await saveAttribute(at("attributes.write"), { name: "size", type: "string", ...renamed, shown: terms });
    await deleteAttribute(at("attributes.write"), { name: "size" });
    const campaign = admit(root, ids, "campaigns.write");
    await addBudget(campaign, { action: "redeemReferral", limit: 5, entities: [] });
    const [{ id }] = (await pool.query("SELECT id FROM budget WHERE application_id = $1", [applicationId])).rows;
    await saveBudget(campaign, { budgetId: String(id), limit: 9, shown: 5 });
    await removeBudget(campaign, { budgetId: String(id) });
    const keys = at("keys.write");
    const key = await createKey(keys, {
      ...{ kind: "integration", name: "Shop", perSecond: 100, expires: null, permissions: undefined },
    });
    await rotateKey(keys, { keyId: key.keyId });
    await revokeKey(keys, { keyId: key.keyId });
    await revokeKey(keys, { keyId: key.keyId }); // changes nothing
    const members = at("members.write");
    const email = `${randomUUID()}@example.com`;
    const { personId } = await inviteMember(members, { name: "Ada", email, role: "viewer" });
    await changeRole(members, { personId, role: "editor", shown: "viewer" });
    await removeMember(members, { personId });
    expect(await events()).toEqual([
      "zone_changed Test Shop",
      "campaign_made Winter",
      ...["attribute_made size", "attribute_saved size", "attribute_deleted size"],
      ...["budget_made redeemReferral", "budget_saved redeemReferral", "budget_removed redeemReferral"],
      ...["key_made Shop", "key_rotated Shop", "key_revoked Shop"],
      ...[`member_invited Ada (${email})`, "member_role_changed Ada", "member_removed Ada"],
    ]);
    const { lines } = await read({ what: "member_role_changed" });
    expect(lines).toMatchObject([
      {
        ...{ actor: "Root", actorKind: "person", role: "administrator", from: "203.0.113.7" },
        ...{ before: { role: "viewer" }, after: { role: "editor" } },
      },
    ]);
    expect((await read({ what: "attribute_saved" })).lines).toMatchObject([
      { before: { title: "Size" }, after: { title: "Size of shirt" } },
    ]);
  });

  it("holds no key, neither the text nor its hash", async () => {
    const { key } = await createKey(admit(root, { applicationId: ids.applicationId }, "keys.write"), {
      ...{ kind: "integration", name: "Shop", perSecond: 100, expires: null, permissions: undefined },
    });
    const { rows } = await pool.query("SELECT audit_entry::text AS whole FROM audit_entry WHERE application_id = $1", [
      ids.applicationId,
    ]);
    for (const { whole } of rows) expect(whole).not.toContain(key.slice(-20));
    expect(rows.map(({ whole }) => whole).join()).not.toContain("hash");
  });

  it("is gone with the change that it is about: both or neither", async () => {
    const before = (await pool.query("SELECT count(*) FROM audit_entry")).rows[0];
    const { applicationId } = ids;
    const writing = admit(root, { applicationId }, "attributes.write");
    const tier = {
      name: "tier",
      type: "string" as const,
      title: "",
      description: "",
      suggestions: [],
      restricted: false,
    };
    await expect(createAttribute(writing, tier)).rejects.toMatchObject({ code: "invalid" });
    await expect(deleteAttribute(writing, { name: "none" })).rejects.toMatchObject({ code: "not_found" });
    expect((await pool.query("SELECT count(*) FROM audit_entry")).rows[0]).toEqual(before);
  });

  it("is never changed or deleted, by nobody who writes here", async () => {
    await createApplication(admit(root, {}, "applications.create"), {
      ...{ name: randomUUID(), timeZone: "UTC", caseRule: "sensitive" },
    });
    for (const statement of [
      "UPDATE audit_entry SET actor_name = 'x'",
      "DELETE FROM audit_entry",
      "TRUNCATE audit_entry",
    ])
      await expect(pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

describe("the audit", () => {
  it("tells operations beside what else was done, newest first, in pages that miss and repeat nothing", async () => {
    const { applicationId } = ids;
    for (let round = 0; round < 4; round++) {
      await makeBatch(ids, [{}]);
      await createKey(admit(root, { applicationId }, "keys.write"), {
        ...{ kind: "integration", name: `Key ${round}`, perSecond: 100, expires: null, permissions: undefined },
      });
    }
    const whole = (await read()).lines;
    expect(whole.map(({ event }) => event)).toEqual(Array(4).fill(["key_made", "operation"]).flat());
    expect(whole[1]).toMatchObject({
      actor: "Tester",
      operation: { kind: "create", changed: 1 },
      subject: "Refer a friend",
    });
    const paged = [];
    for (let before: string | null = null, first = true; first || before !== null; first = false) {
      const { lines, next }: Awaited<ReturnType<typeof readAudit>> = await readAudit(
        reading(),
        { ...all, before },
        zone,
        3,
      );
      paged.push(...lines);
      before = next;
    }
    expect(paged).toEqual(whole);
  });

  it("is filtered by what, who and days, and holds nothing of another application", async () => {
    const elsewhere = await makeCampaign();
    await makeBatch(ids, [{}]);
    await saveTimeZone(admit(root, { applicationId: ids.applicationId }, "applications.write"), {
      ...{ timeZone: "UTC", shown: zone },
    });
    await makeBatch(elsewhere, [{}]);
    expect((await read({ what: "operation" })).lines.map(({ event }) => event)).toEqual(["operation"]);
    expect((await read({ by: "rOO" })).lines.map(({ event }) => event)).toEqual(["zone_changed"]);
    expect((await read({ by: "nobody" })).lines).toEqual([]);
    expect((await read({ to: "2020-01-01" })).lines).toEqual([]);
    expect((await read({ from: "2020-01-01" })).lines).toHaveLength(2);
  });
});

it("is a file whose cells are no formulas, whatever is in them", async () => {
  const terms = { description: "", suggestions: [], restricted: false };
  const writing = admit(root, { applicationId: ids.applicationId }, "attributes.write");
  await createAttribute(writing, { name: "size", type: "string", title: "Size", ...terms });
  await createCampaign(admit(root, { applicationId: ids.applicationId }, "campaigns.write"), {
    ...{ name: '=HYPERLINK("x")', description: "", referrals: true },
    ...{ codePattern: "####-####", codeCharacters: "ABCDEFGH" },
  });
  const who = person({ id: "at", name: "@SUM(1)", administrator: true, roles: new Map() });
  await deleteAttribute(admit(who, { applicationId: ids.applicationId }, "attributes.write"), { name: "size" });
  const answer = new Response(auditCsv(reading(), all, zone, new AbortController().signal));
  const file = Buffer.from(await answer.arrayBuffer());
  expect(file.subarray(0, 3)).toEqual(Buffer.from("\uFEFF")); // by which spreadsheets know the letters
  const cells = parse(file, { bom: true, record_delimiter: "\r\n" }) as string[][];
  expect(cells.map(([, event, about, by]) => [event, about, by])).toEqual([
    ["event", "about", "who"],
    ["attribute_deleted", "size", "'@SUM(1)"],
    ["campaign_made", `'=HYPERLINK("x")`, "Root"],
    ["attribute_made", "size", "Root"],
  ]);
  expect(cells.flat().filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
});

it("reads an address strictly, and says what it left out", () => {
  const { notes, ...list } = readAuditList({
    what: "everything",
    from: "2026-02-30",
    to: "2026-01-01",
    before: "x",
    by: " Ada ",
  });
  expect(list).toEqual({ what: "", by: "Ada", from: "", to: "2026-01-01", before: null });
  expect(notes).toHaveLength(3);
  expect(auditHref("/audit", list)).toBe("/audit?by=Ada&to=2026-01-01");
});
