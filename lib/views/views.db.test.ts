import { beforeEach, describe, expect, it } from "vitest";
import { currentActor } from "@/lib/actor";
import { db } from "@/lib/db";
import { createView, deleteView, saveView } from "./commands";
import { listViews } from "./queries";

const actor = await currentActor();
let scope: { applicationId: number; campaignId: number };

beforeEach(async () => {
  const application = await db.application.create({
    data: { name: "Shop", timeZone: "UTC", campaigns: { create: { name: "Refer a friend", features: ["referrals"] } } },
    select: { id: true, campaigns: { select: { id: true } } },
  });
  scope = { applicationId: application.id, campaignId: application.campaigns[0]?.id ?? 0 };
});

describe("a saved view", () => {
  it("keeps filters, order and looks in one writing, and no page", async () => {
    const view = await createView(actor, { scope, name: "Used up", query: "page=last&status=used%20up&sort=code&q=" });
    expect(view).toMatchObject({
      name: "Used up",
      query: "status=used+up&sort=code",
      version: 1,
    });
    expect(await listViews(actor, scope)).toEqual([view]);
  });

  it("refuses a name that is taken, a list that cannot be read, and another's campaign", async () => {
    await createView(actor, { scope, name: "Mine", query: "" });
    await expect(createView(actor, { scope, name: "Mine", query: "" })).rejects.toThrow("“Mine” already");
    await expect(createView(actor, { scope, name: "Odd", query: "status=lost" })).rejects.toThrow("cannot be read");
    const elsewhere = { ...scope, campaignId: scope.campaignId + 1000 };
    await expect(createView(actor, { scope: elsewhere, name: "Odd", query: "" })).rejects.toThrow("no such campaign");
  });

  it("is changed only as it was shown, and gone once deleted", async () => {
    const { id: viewId } = await createView(actor, { scope, name: "Mine", query: "" });
    const renamed = await saveView(actor, { scope, viewId, version: 1, name: "Ours" });
    expect(renamed).toMatchObject({ name: "Ours", query: "", version: 2 });
    await expect(saveView(actor, { scope, viewId, version: 1, query: "q=a" })).rejects.toThrow("Someone else changed");
    await deleteView(actor, { scope, viewId });
    await expect(deleteView(actor, { scope, viewId })).rejects.toThrow("gone");
    await expect(saveView(actor, { scope, viewId, version: 2, name: "Mine" })).rejects.toThrow("gone");
    expect(await listViews(actor, scope)).toEqual([]);
  });
});
