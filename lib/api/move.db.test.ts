import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { afterAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { temporaryFolder } from "@/lib/launch/temporary";
import { address, keyFor, withApi } from "@/lib/testing/api";
import { makeCampaign } from "@/lib/testing/builders";
import { runCurl } from "@/lib/testing/curl";
import { runModules } from "@/lib/testing/modules";
import { makeShop, type Shop } from "@/lib/testing/shop";
import { keyVariable } from "./examples";
import {
  exportLine,
  importLine,
  integrationSteps,
  type MoveStep,
  managementKeyVariable,
  managementSteps,
} from "./move";

// Does what /docs/move-from-talon-one says, step by step, with the lines that it shows.
withApi();

const together = (steps: MoveStep[]) => steps.map(({ code }) => code).join("\n");

/** The codes of a file less what was redeemed of them, as step 2 wants them. */
function withoutRedemptions(csv: string): string {
  const rows: Record<string, string>[] = parse(csv, { columns: true });
  const left = rows
    .map((row) => ({ ...row, limitval: Number(row.limitval), used: Number(row.counter) }))
    .filter(({ limitval, used }) => limitval === 0 || limitval > used)
    .map(({ used, ...row }) => ({ ...row, limitval: row.limitval === 0 ? 0 : row.limitval - used }));
  return stringify(left, { header: true });
}

describe.each([
  ["4.3.0", "talon_one_4"],
  ["5.0.1-rc", "talon_one"],
])("with talon_one %s", (_, sdk) => {
  const folder = temporaryFolder();
  const file = `${folder.path}/referrals.csv`;
  let talonOne: Shop; // stands for Talon.One's deployment, whose export ours gives to the byte
  let here: CampaignIds;
  let env: Record<string, string> = {};
  afterAll(() => folder.remove());

  it("1. makes two keys", async () => {
    talonOne = await makeShop(12);
    here = await makeCampaign();
    env = {
      [keyVariable]: await keyFor(here.applicationId, "integration"),
      [managementKeyVariable]: await keyFor(here.applicationId, "management"),
      TALON_ONE_KEY: talonOne.authorization.management.split(" ")[1] ?? "",
    };
  });

  it("2. brings the codes", async () => {
    const line = exportLine
      .replace("https://<your deployment>.talon.one", address)
      .replace("/applications/<id>", `/applications/${talonOne.applicationId}`)
      .replace("campaignId=<id>", `campaignId=${talonOne.campaignId}`);
    expect((await runCurl(line, env, folder.path)).status).toBe(200);
    writeFileSync(file, withoutRedemptions(readFileSync(file, "utf8")));
    const imported = await runCurl(
      importLine(address, String(here.applicationId), String(here.campaignId)),
      env,
      folder.path,
    );
    expect(await imported.json()).toMatchObject({ amount: 12 });
    const codes = await db.referral.findMany({ where: here, select: { code: true, usageLimit: true } });
    expect(codes.map(({ code }) => code).sort()).toEqual([...talonOne.codes].sort());
    expect(codes.map(({ usageLimit }) => usageLimit).sort((one, other) => one - other)).toEqual([
      ...[7, 7, 7, 7, 9, 9], // four had been redeemed thrice, two once
      ...[10, 10, 10, 10, 10, 10],
    ]);
  });

  it("3. and 4. leads the shop and the back office here", async () => {
    const campaignId = String(here.campaignId);
    const programs = [
      together(integrationSteps(address, campaignId)),
      together(managementSteps(address, String(here.applicationId), campaignId)),
    ];
    const [shop, office] = await runModules(
      programs.map((code) => ({ code: code.replace('"talon_one"', `"${sdk}"`), env })),
      folder.path,
    );
    expect([shop?.failure, office?.failure]).toEqual([null, null]);
    expect(shop?.printed).toEqual([expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/), "acceptReferral", 1]);
    const [code] = shop?.printed ?? [];
    expect(office?.printed).toEqual([expect.arrayContaining([code, talonOne.codes[11]])]);
  });
});
