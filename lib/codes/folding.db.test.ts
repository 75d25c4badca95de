import { beforeEach, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { foldStored } from "@/lib/codes/fold-stored";
import { createReferrals } from "@/lib/creations/commands";
import { bulkTransaction, pool } from "@/lib/db";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { listReferrals } from "@/lib/referrals/list/queries";
import { admitted, makeCampaign } from "@/lib/testing/builders";
import { workOnce } from "@/lib/testing/work";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const advocates = ["ΟΔΟΣ Παπαντωνίου", "josé@example.com", "İlk müşteri", "Straße 7", "김민준"];

async function make(advocate: string, code: string): Promise<void> {
  await createReferrals(admitted(scope), {
    kind: "own",
    requestKey: crypto.randomUUID(),
    advocate,
    friend: null,
    code,
    usageLimit: 1,
    validFrom: null,
    validUntil: null,
    attributes: {},
  });
}

async function found(filter: ReferralFilter): Promise<string[]> {
  const asked = { filter, sort: "code" as const, zone: "Europe/Berlin", now: new Date() };
  return (await listReferrals(admitted(scope), asked, { at: "first" }, 50)).rows.map((row) => row.code);
}

it("finds codes and advocates by their parts, in any case and composition", async () => {
  for (const [index, advocate] of advocates.entries()) await make(advocate, `CODE-${index}`);
  await make("anna", "ΟΔΟΣΑΒΓ1");
  await make("anna", "ılık-42");
  for (const [index, advocate] of advocates.entries()) {
    for (const text of [
      advocate.slice(0, 4),
      advocate.slice(1).toUpperCase(),
      advocate.toLowerCase().normalize("NFD"),
    ]) {
      expect(await found({ search: text })).toContain(`CODE-${index}`);
      expect(await found({ advocate: { contains: text } })).toContain(`CODE-${index}`);
    }
  }
  expect(await found({ search: "ΟΔΟΣ" })).toEqual(["CODE-0", "ΟΔΟΣΑΒΓ1"]);
  expect(await found({ search: "ılık" })).toEqual(["ILIK-42"]);
  expect(await found({ advocate: { contains: "ş" } })).toEqual(["CODE-1", "CODE-2", "CODE-3"]);
});

it("keeps the longest code that there can be", async () => {
  await make("\uFDFA".repeat(1000), "\uFDFA".repeat(100));
  expect(await found({ search: "\uFDFA".repeat(3) })).toHaveLength(1);
});

it("folds in the background what an older folding stored", async () => {
  await make("Παπαντωνίου", "ΟΔΟΣΑΒΓ1");
  await make("anna", "PLAIN-1");
  await pool.query(
    "UPDATE referral SET code_search = 'οδος', advocate_search = NULL WHERE application_id = $1 AND code <> 'PLAIN-1'",
    [scope.applicationId],
  );
  expect(await found({ search: "ΣΑΒΓ" })).toEqual([]);
  while (await workOnce("tester"));
  expect(await found({ search: "ΣΑΒΓ" })).toEqual(["ΟΔΟΣΑΒΓ1"]);
  expect(await found({ search: "ΠΑΠΑΝΤΩΝΙΟΥ" })).toEqual(["ΟΔΟΣΑΒΓ1"]);
  expect(await bulkTransaction((tx) => foldStored(tx))).toBe(0);
});
