import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { markTaken, planForFreshRows } from "@/lib/imports/checks";
import { getImport } from "@/lib/imports/queries";
import { stageImport } from "@/lib/imports/staging";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { header, importing, makeImportCampaign, pieces } from "@/lib/testing/imports";
import { refusal } from "@/lib/testing/refusal";
import { sweep } from "@/lib/testing/work";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeImportCampaign();
});

const { stage, commit, found } = importing(() => scope);

async function stagedRows(): Promise<number> {
  return db.importRow.count({ where: { applicationId: scope.applicationId } });
}

describe("an upload", () => {
  it("that breaks off leaves nothing, and its connection is not stuck", async () => {
    async function* broken() {
      yield new TextEncoder().encode(`${header}${"AAAA-1,a\n".repeat(20_000)}`);
      throw new Error("aborted");
    }
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await expect(stageImport(admitted(scope), { name: "x.csv", body: broken() })).rejects.toThrow("aborted");
    }
    expect(await stagedRows()).toBe(0);
    expect(await db.import.count({ where: scope })).toBe(0);
    expect((await found(await stage(header, "AAAA-1,a\n"))).rowCount).toBe(1);
  });

  it("that cannot be read as a whole leaves nothing and says why", async () => {
    const { code, message } = await refusal(stage(header, "AAAA,1\n", "B\0BB,2\n"));
    expect([code, message]).toEqual(["invalid", expect.stringContaining("NUL")]);
    expect(await db.import.count({ where: scope })).toBe(0);
  });

  it("removes what was left uncommitted for a day, and only that", async () => {
    const old = await stage(header, "OLD-1,a\n");
    const imported = await stage(header, "DONE-1,a\n");
    const recent = await stage(header, "NEW-1,a\n");
    await commit(imported);
    await pool.query(
      "UPDATE import SET created = created - interval '25 hours' WHERE application_id = $1 AND id <> $2",
      [scope.applicationId, recent],
    );
    await stage(header, "NEW-2,a\n");
    expect((await found(old)).rowCount).toBe(1); // nobody's request does it
    await sweep();
    expect(await getImport(admitted(scope), old)).toBeNull();
    expect((await found(imported)).committed?.codes).toBe(1);
    expect((await found(recent)).rowCount).toBe(1);
    expect(await stagedRows()).toBe(2);
  });

  it("is refused for an unknown campaign and without the referrals feature", async () => {
    const unknown = { ...scope, campaignId: 2_000_000_000 };
    const off = await makeCampaign({ features: ["coupons"] });
    const to = (where: CampaignIds) =>
      stageImport(admitted(where), { name: "x.csv", body: pieces(header, "AAAA,1\n") });
    expect((await refusal(to(unknown))).code).toBe("not_found");
    expect((await refusal(to(off))).code).toBe("feature_off");
  });
});

it("looks codes up by their own index in an application that the statistics do not know", async () => {
  const many = Array.from({ length: 20_000 }, () => ({}));
  await makeBatch(await makeCampaign(), many);
  await pool.query("ANALYZE referral");
  const unknown = await makeCampaign();
  await makeBatch(unknown, many);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(planForFreshRows);
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      `EXPLAIN ${markTaken()}`.replaceAll("$1", String(unknown.applicationId)).replaceAll("$2", "1"),
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("referral_application_id_code_key_key");
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
});
