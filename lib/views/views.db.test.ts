import { beforeEach, describe, expect, it } from "vitest";
import { db, pool, takeConnection } from "@/lib/db";
import { admitted } from "@/lib/testing/builders";
import { createView, deleteView, restoreView, saveView } from "./commands";
import { listViews } from "./queries";
import { createViewInput } from "./schema";

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
    const view = await createView(admitted(scope), {
      name: "Used up",
      query: "page=last&status=used%20up&sort=code&q=",
    });
    expect(view).toMatchObject({
      name: "Used up",
      query: "status=used+up&sort=code",
      version: 1,
    });
    expect(await listViews(admitted(scope))).toEqual([view]);
  });

  it("refuses a name that is taken, a list that cannot be read, and another's campaign", async () => {
    await createView(admitted(scope), { name: "Mine", query: "" });
    await expect(createView(admitted(scope), { name: "Mine", query: "" })).rejects.toThrow("“Mine” already");
    await expect(createView(admitted(scope), { name: "Odd", query: "status=lost" })).rejects.toThrow("cannot be read");
    const elsewhere = { ...scope, campaignId: scope.campaignId + 1000 };
    await expect(createView(admitted(elsewhere), { name: "Odd", query: "" })).rejects.toThrow("no campaign");
  });

  it("is changed only as it was shown, and gone once deleted", async () => {
    const { id: viewId } = await createView(admitted(scope), { name: "Mine", query: "" });
    const renamed = await saveView(admitted(scope), { viewId, version: 1, name: "Ours" });
    expect(renamed).toMatchObject({ name: "Ours", query: "", version: 2 });
    await expect(saveView(admitted(scope), { viewId, version: 1, query: "q=a" })).rejects.toThrow(
      "Someone else changed",
    );
    await deleteView(admitted(scope), { viewId });
    await expect(deleteView(admitted(scope), { viewId })).rejects.toThrow("gone");
    await expect(saveView(admitted(scope), { viewId, version: 2, name: "Mine" })).rejects.toThrow("gone");
    expect(await listViews(admitted(scope))).toEqual([]);
  });

  it("has a name of its own, in any case, and is not called like the list without a view", async () => {
    const { id: viewId } = await createView(admitted(scope), { name: "Gold", query: "" });
    await expect(createView(admitted(scope), { name: "ＧＯＬＤ", query: "" })).rejects.toThrow("“Gold” already");
    const { id } = await createView(admitted(scope), { name: "Silver", query: "" });
    await expect(saveView(admitted(scope), { viewId: id, version: 1, name: "gold" })).rejects.toThrow("“Gold” already");
    expect(await saveView(admitted(scope), { viewId, version: 1, name: "GOLD" })).toMatchObject({ name: "GOLD" });
    const refused = createViewInput.safeParse({ scope, name: " all Referrals", query: "" });
    expect(refused.error?.issues[0]?.message).toContain("is the list without a view");
  });

  it("gets a name that is free, whoever asks at the same time", async () => {
    const names = ["gold", "Gold", "GOLD", "gOLD"];
    const made = await Promise.allSettled(names.map((name) => createView(admitted(scope), { name, query: "" })));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is listed by name as people order names", async () => {
    for (const name of ["beta", "Zeta", "Äpfel", "View 10", "View 9", "alpha"])
      await createView(admitted(scope), { name, query: "" });
    const names = (await listViews(admitted(scope))).map(({ name }) => name);
    expect(names).toEqual(["alpha", "Äpfel", "beta", "View 9", "View 10", "Zeta"]);
  });

  it("comes back at the address it had", async () => {
    const { id: viewId } = await createView(admitted(scope), { name: "Mine", query: "" });
    const before = await saveView(admitted(scope), { viewId, version: 1, query: "q=a" });
    const { id, ...deleted } = await deleteView(admitted(scope), { viewId });
    const restore = () => restoreView(admitted(scope), { viewId: id, ...deleted });
    expect(await restore()).toEqual(before);
    expect(await restore()).toEqual(before); // pressed twice
    expect(await listViews(admitted(scope))).toEqual([before]);
    await deleteView(admitted(scope), { viewId });
    await createView(admitted(scope), { name: "mine", query: "" });
    await expect(restore()).rejects.toThrow("“mine” already");
  });

  it("comes back as it was when it was deleted, also where somebody saved it at that moment", async () => {
    const { id } = await createView(admitted(scope), { name: "Mine", query: "" });
    const { client, giveBack } = await takeConnection();
    await client.query("BEGIN");
    await client.query("UPDATE view SET query = 'q=theirs', version = 2 WHERE id = $1", [id]);
    const deleting = deleteView(admitted(scope), { viewId: id });
    const waits = () => pool.query("SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'");
    await expect.poll(async () => (await waits()).rowCount).toBe(1);
    await client.query("COMMIT");
    giveBack(false);
    expect(await deleting).toMatchObject({ query: "q=theirs", version: 2 });
  });

  it("comes back in its campaign only, and never under an id that is still to be given", async () => {
    const { id } = await createView(admitted(scope), { name: "Mine", query: "" });
    const { id: campaignId } = await db.campaign.create({
      data: { applicationId: scope.applicationId, name: "Second", features: ["referrals"] },
    });
    const restore = (viewId: string, within = scope) =>
      restoreView(admitted(within), { viewId, name: "Other", query: "", version: 1 });
    await expect(restore(id, { ...scope, campaignId })).rejects.toThrow("no such view");
    await expect(restore(String(Number(id) + 1))).rejects.toThrow("no such view");
    await expect(restore(id, { ...scope, campaignId: campaignId + 1000 })).rejects.toThrow("no campaign");
  });
});
