import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { createKey, revokeKey, rotateKey } from "@/lib/keys/commands";
import { listedMost, listKeys, provenKey } from "@/lib/keys/queries";
import { createKeyInput } from "@/lib/keys/schema";
import { keyHash } from "@/lib/keys/secret";
import { admitted, makeCampaign } from "@/lib/testing/builders";

let ids: CampaignIds;
const place = (applicationId = ids.applicationId) => admitted({ applicationId });
const terms = (more: object = {}) => {
  const { applicationId: _, ...rest } = createKeyInput.parse({
    ...{ applicationId: 1, kind: "integration", name: "Web shop", ...more },
  });
  return rest;
};
const stored = () => db.apiKey.findMany({ where: { applicationId: ids.applicationId }, orderBy: { id: "asc" } });
const lastUsed = async (id: string) => (await listKeys(place())).find((key) => key.id === id)?.lastUsed;
/** Puts the clock of this process forward, in milliseconds; the database keeps its own. */
const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  ids = await makeCampaign();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a new key", () => {
  it("is told once: of its text only a hash and a hint are stored", async () => {
    const made = await createKey(place(), terms());
    const [row] = await stored();
    expect(row).toMatchObject({ hash: keyHash(made.key), kind: "integration", actorName: "Tester", revoked: null });
    const { rows } = await pool.query("SELECT api_key::text AS whole FROM api_key WHERE application_id = $1", [
      ids.applicationId,
    ]);
    expect(rows[0].whole).not.toContain(made.key.slice(-43));
    expect(rows[0].whole).not.toContain(made.key.slice(-20));
    const [listed] = await listKeys(place());
    expect(listed).toMatchObject({ id: made.keyId, createdBy: "Tester", lastUsed: null, replacesId: null });
    expect(listed).not.toHaveProperty("hash");
  });

  it("may do all that its kind can, or only what is said", async () => {
    await createKey(place(), terms({ permissions: ["customers.read"], perSecond: 5 }));
    await createKey(place(), terms({ kind: "management" }));
    const [all, few] = await listKeys(place());
    expect(all).toMatchObject({ kind: "management", perSecond: 1000 });
    expect(all?.permissions).toContain("campaigns.write");
    expect(few).toMatchObject({ permissions: ["customers.read"], perSecond: 5 });
  });

  it("is refused with an end that has passed, in an application that is not there, and beyond 500", async () => {
    const past = terms({ expires: new Date(Date.now() - 1).toISOString() });
    await expect(createKey(place(), past)).rejects.toMatchObject({
      code: "invalid",
      more: { fields: { expires: /./ } },
    });
    await expect(createKey(place(2_000_000_000), terms())).rejects.toMatchObject({ code: "not_found" });
    await pool.query(
      `INSERT INTO api_key (application_id, kind, name, hash, hint, permissions, per_second, actor_kind, actor_id, actor_name)
       SELECT $1, 'integration', 'many', 'hash ' || n, 'hint', '{}', 1, 'person', 'tester', 'Tester' FROM generate_series(1, 499) n`,
      [ids.applicationId],
    );
    const last = await createKey(place(), terms());
    const full = { code: "conflict", message: expect.stringContaining("has 500 keys, the most it can have") };
    await expect(createKey(place(), terms())).rejects.toMatchObject(full);
    await expect(rotateKey(place(), { keyId: last.keyId })).rejects.toMatchObject(full);
    await revokeKey(place(), { keyId: last.keyId });
    await createKey(place(), terms());
    expect(await stored()).toHaveLength(501);
  });
});

describe("a rotated key", () => {
  it("works beside its next one, which may do the same at the same rate until the same end", async () => {
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    const first = await createKey(place(), terms({ permissions: ["customers.read"], perSecond: 7, expires }));
    const next = await rotateKey(place(), { keyId: first.keyId });
    expect(next.key).not.toBe(first.key);
    const [after, before] = await listKeys(place());
    const { id: _, hint: _h, created: _c, replacesId, ...same } = after ?? {};
    expect(replacesId).toBe(first.keyId);
    expect(before).toMatchObject(same);
    for (const { key } of [first, next]) expect(await provenKey(key)).toMatchObject({ name: "Web shop", perSecond: 7 });
    await revokeKey(place(), { keyId: first.keyId });
    later(1001);
    expect(await provenKey(first.key)).toBeNull();
    expect(await provenKey(next.key)).not.toBeNull();
  });

  it("is not rotated again while its next one works; of two at once, one is", async () => {
    const first = await createKey(place(), terms());
    const twice = await Promise.allSettled([1, 2].map(() => rotateKey(place(), { keyId: first.keyId })));
    const made = twice.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const [refused] = twice.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(made).toHaveLength(1);
    const [{ hint } = { hint: "" }] = await listKeys(place());
    expect(refused).toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`a next key already, ${hint}`),
    });
    await revokeKey(place(), { keyId: made[0]?.keyId ?? "" });
    await rotateKey(place(), { keyId: first.keyId });
  });

  it("is refused where it is unknown, another application's, revoked or expired", async () => {
    const first = await createKey(place(), terms({ expires: new Date(Date.now() + 60_000).toISOString() }));
    const elsewhere = await makeCampaign();
    const unknown = { code: "not_found", message: expect.stringContaining(`no API key ${first.keyId}`) };
    await expect(rotateKey(place(elsewhere.applicationId), { keyId: first.keyId })).rejects.toMatchObject(unknown);
    await expect(rotateKey(place(), { keyId: "999999999999999999" })).rejects.toMatchObject({ code: "not_found" });
    later(60_000);
    const over = { code: "conflict", message: expect.stringContaining("“Web shop” works no more") };
    await expect(rotateKey(place(), { keyId: first.keyId })).rejects.toMatchObject(over);
    const second = await createKey(place(), terms());
    await revokeKey(place(), { keyId: second.keyId });
    await expect(rotateKey(place(), { keyId: second.keyId })).rejects.toMatchObject(over);
  });
});

describe("a revoked key", () => {
  it("opens nothing after a second at most; revoking it again changes nothing", async () => {
    const { key, keyId } = await createKey(place(), terms());
    expect(await provenKey(key)).toMatchObject({ applicationId: ids.applicationId, id: keyId, kind: "integration" });
    expect(await revokeKey(place(), { keyId })).toEqual({ name: "Web shop" });
    later(1000);
    expect(await provenKey(key)).toBeNull();
    const [{ revoked } = { revoked: null }] = await stored();
    later(60_000);
    await revokeKey(place(), { keyId });
    expect((await stored())[0]?.revoked).toEqual(revoked);
  });

  it("opens nothing either where this process's clock is put back, or was behind", async () => {
    const { key, keyId } = await createKey(place(), terms());
    expect(await provenKey(key)).toMatchObject({ id: keyId });
    await revokeKey(place(), { keyId });
    later(-60_000);
    expect(await provenKey(key)).toBeNull();
  });

  it("is found by its own application alone", async () => {
    const { keyId } = await createKey(place(), terms());
    const elsewhere = await makeCampaign();
    await expect(revokeKey(place(elsewhere.applicationId), { keyId })).rejects.toMatchObject({ code: "not_found" });
    expect((await stored())[0]?.revoked).toBeNull();
    expect(await listKeys(place(elsewhere.applicationId))).toEqual([]);
  });

  it("is listed below those that work, the last one first; the list has an end", async () => {
    const made = [];
    for (const name of ["a", "b", "c", "d"]) made.push(await createKey(place(), terms({ name })));
    for (const index of [2, 0]) {
      await revokeKey(place(), { keyId: made[index]?.keyId ?? "" });
      later(1000);
    }
    expect((await listKeys(place())).map(({ name }) => name)).toEqual(["d", "b", "a", "c"]);
    await pool.query(
      `INSERT INTO api_key (application_id, kind, name, hash, hint, permissions, per_second, actor_kind, actor_id, actor_name, revoked)
       SELECT $1, 'integration', 'old', 'hash ' || n, 'hint', '{}', 1, 'person', 'tester', 'Tester', '2020-01-01' FROM generate_series(1, 1000) n`,
      [ids.applicationId],
    );
    const listed = await listKeys(place());
    expect(listed).toHaveLength(listedMost);
    expect(listed.slice(0, 4).map(({ name }) => name)).toEqual(["d", "b", "a", "c"]);
  });
});

describe("a key that is used", () => {
  it("works until its end and no longer, also while an answer about it is believed", async () => {
    const { key } = await createKey(place(), terms({ expires: new Date(Date.now() + 500).toISOString() }));
    expect(await provenKey(key)).not.toBeNull();
    later(499);
    expect(await provenKey(key)).not.toBeNull();
    later(1);
    expect(await provenKey(key)).toBeNull();
  });

  it("is seen as used, to the minute", async () => {
    const { key, keyId } = await createKey(place(), terms());
    expect(await lastUsed(keyId)).toBeNull();
    const use = async (ago: string) => {
      await pool.query("UPDATE api_key SET last_used = now() - $2::interval WHERE application_id = $1", [
        ids.applicationId,
        ago,
      ]);
      const before = await lastUsed(keyId);
      later(1001);
      expect(await provenKey(key)).not.toBeNull();
      const after = await lastUsed(keyId);
      return (after?.getTime() ?? 0) - (before?.getTime() ?? 0);
    };
    expect(await provenKey(key)).not.toBeNull();
    expect(await lastUsed(keyId)).toBeInstanceOf(Date);
    expect(await use("50 seconds")).toBe(0);
    expect(await use("61 seconds")).toBeGreaterThan(60_000);
  });

  it("opens one application: its text with another's number is no key", async () => {
    const { key } = await createKey(place(), terms());
    const elsewhere = await makeCampaign();
    const moved = key.replace(`_${ids.applicationId}_`, `_${elsewhere.applicationId}_`);
    expect(await provenKey(moved)).toBeNull();
    expect(await provenKey("nothing like a key")).toBeNull();
  });
});
