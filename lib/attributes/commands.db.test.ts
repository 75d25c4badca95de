import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { createAttribute, deleteAttribute, saveAttribute } from "@/lib/attributes/commands";
import { listAttributes } from "@/lib/attributes/queries";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { createAttributeInput, type SaveAttributeInput, saveAttributeInput } from "@/lib/attributes/schema";
import { db } from "@/lib/db";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";

let scope: CampaignIds;
let applicationId: number;

beforeEach(async () => {
  scope = await makeCampaign();
  applicationId = scope.applicationId;
});

const channel: AttributeDefinition = {
  name: "channel",
  title: "Channel",
  description: "Where it was given out",
  type: "string",
  suggestions: ["web", "app"],
  restricted: false,
};

// read past React's cache, which lasts for a request
async function stored(name: string): Promise<AttributeDefinition | undefined> {
  return (await listAttributes(admitted({ applicationId }))).find((attribute) => attribute.name === name);
}

const save = (changes: Partial<SaveAttributeInput> = {}, where = applicationId) =>
  saveAttribute(admitted({ applicationId: where }), { ...channel, shown: channel, ...changes });

describe("createAttribute", () => {
  it("defines it behind the others", async () => {
    await createAttribute(admitted({ applicationId }), channel);
    const all = await listAttributes(admitted({ applicationId }));
    expect(all.at(-1)).toEqual(channel);
    await createAttribute(admitted({ applicationId }), { ...channel, name: "a_later_one" });
    expect((await listAttributes(admitted({ applicationId }))).at(-1)?.name).toBe("a_later_one");
  });

  it("refuses a name that is taken, however often and whenever it is sent", async () => {
    const sent = await Promise.allSettled(
      Array.from({ length: 8 }, () => createAttribute(admitted({ applicationId }), channel)),
    );
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const again = createAttribute(admitted({ applicationId }), { ...channel, title: "Mine" });
    await expect(again).rejects.toMatchObject({ more: { fields: { name: expect.stringContaining("“channel”") } } });
    expect(await stored("channel")).toEqual(channel);
  });

  it("defines up to 100, and says so", async () => {
    const last = await db.attributeDefinition.count({ where: { applicationId } });
    await db.attributeDefinition.createMany({
      data: Array.from({ length: 100 - last }, (_, index) => ({ ...channel, applicationId, name: `more_${index}` })),
    });
    const refused = createAttribute(admitted({ applicationId }), { ...channel, name: "one_more" });
    await expect(refused).rejects.toMatchObject({
      more: { fields: { name: expect.stringMatching(/there can be 100/) } },
    });
  });

  it("keeps the attributes of applications apart, and refuses an unknown application", async () => {
    const other = await makeCampaign();
    await createAttribute(admitted({ applicationId }), channel);
    await expect(createAttribute(admitted({ applicationId: other.applicationId }), channel)).resolves.toBeDefined();
    const unknown = createAttribute(admitted({ applicationId: applicationId + 1000 }), channel);
    await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("saveAttribute", () => {
  beforeEach(() => createAttribute(admitted({ applicationId }), channel));

  it("restricts it though codes have other values, which they keep", async () => {
    await makeBatch(scope, [{ attributes: { channel: "fax" } }]);
    await save({ restricted: true, suggestions: ["web"] });
    expect(await stored("channel")).toEqual({ ...channel, restricted: true, suggestions: ["web"] });
  });

  it("refuses what was begun from an older state, and saves nothing", async () => {
    await save({ title: "Theirs" });
    await expect(save({ title: "Mine" })).rejects.toMatchObject({ code: "stale" });
    const otherValues = { shown: { ...channel, title: "Theirs", suggestions: ["web"] } };
    await expect(save(otherValues)).rejects.toMatchObject({ code: "stale" });
    expect(await stored("channel")).toMatchObject({ title: "Theirs" });
  });

  it("never changes the type, and finds nothing in another application", async () => {
    await expect(save({ type: "number", suggestions: [1] })).rejects.toMatchObject({ code: "stale" });
    expect(await stored("channel")).toEqual(channel);
    const other = await makeCampaign();
    await expect(save({}, other.applicationId)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("deleteAttribute", () => {
  it("deletes one that no code of the application carries", async () => {
    const other = await makeCampaign();
    await makeBatch(other, [{ attributes: { tier: "gold" } }]);
    await makeBatch(scope, [{ attributes: { vip: true } }]);
    await deleteAttribute(admitted({ applicationId }), { name: "tier" });
    expect(await stored("tier")).toBeUndefined();
    const again = deleteAttribute(admitted({ applicationId }), { name: "tier" });
    await expect(again).rejects.toMatchObject({ code: "not_found" });
  });

  it("keeps one that codes carry, and says how many", async () => {
    await makeBatch(scope, [{ attributes: { tier: "gold" } }, { attributes: { tier: "silver" } }, {}]);
    await expect(deleteAttribute(admitted({ applicationId }), { name: "tier" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^2 codes still carry “tier”/),
    });
    expect(await stored("tier")).toBeDefined();
  });
});

describe("attribute schemas", () => {
  const input = { ...channel, applicationId: 1 };
  const { name: _name, type: _type, ...terms } = channel;
  it.each([
    ["name", { name: "" }],
    ["name", { name: "1st" }],
    ["name", { name: "order-count" }],
    ["name", { name: "größe" }],
    ["name", { name: "constructor" }],
    ["name", { name: "x".repeat(101) }],
    ["type", { type: "date" }],
    ["title", { title: " " }],
    ["description", { description: "x".repeat(1001) }],
    ["suggestions", { suggestions: ["web", 1] }],
    ["suggestions", { suggestions: ["web", "web"] }],
    ["suggestions", { suggestions: ["w\u0000b"] }],
    ["suggestions", { suggestions: Array.from({ length: 51 }, (_, index) => `value ${index}`) }],
    ["suggestions", { suggestions: [], restricted: true }],
    ["suggestions", { type: "number", suggestions: ["1"] }],
    ["suggestions", { type: "(list number)", suggestions: ["1"] }],
    ["suggestions", { type: "time", suggestions: ["tomorrow"] }],
    ["suggestions", { type: "boolean", suggestions: ["true"] }],
    ["suggestions", { type: "boolean", suggestions: [], restricted: true }],
  ])("refuse a wrong %s: %o", (field, change) => {
    const created = createAttributeInput.safeParse({ ...input, ...change });
    const saved = saveAttributeInput.safeParse({ ...input, ...change, shown: terms });
    expect(created.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
    expect(saved.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });

  it.each([
    { type: "number", suggestions: [1, 2.5] },
    { type: "(list number)", suggestions: [1], restricted: true },
    { type: "time", suggestions: ["2027-01-31T09:00:00Z"] },
    { type: "boolean", suggestions: [] },
  ])("take %o", (change) => expect(createAttributeInput.safeParse({ ...input, ...change }).success).toBe(true));
});
