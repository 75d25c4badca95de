// Compares redemption counters with the ledger in the database of DATABASE_URL, and repairs them if it is told to.
import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { closeDatabase, db } from "@/lib/db";
import { checkRedemptions, type Miscounted } from "@/lib/redemptions/check";
import { repairRedemptions } from "@/lib/redemptions/repair";
import { readOptions } from "../options";
import { LaunchProblem } from "../problem";
import { onShutdown, runTask } from "../shutdown";

const told = ({ code, counter, ledger, listed }: Miscounted) =>
  `    ${code}: counter ${counter}, in lists ${listed}; the ledger has ${ledger}`;

await runTask(async () => {
  onShutdown(closeDatabase);
  const options = { campaign: { type: "string" }, repair: { type: "boolean", default: false } } as const;
  const values = readOptions(process.argv.slice(2), options, "npm run counters -- [--campaign 1] [--repair]");
  if (values.campaign !== undefined && !/^[1-9]\d{0,8}$/.test(values.campaign))
    throw new LaunchProblem(
      `--campaign is "${values.campaign}"; give the number of a campaign, such as 1, or leave it out for all.`,
    );
  const campaigns = await db.campaign.findMany({
    where: values.campaign === undefined ? {} : { id: Number(values.campaign) },
    orderBy: [{ applicationId: "asc" }, { id: "asc" }],
    select: { applicationId: true, id: true, name: true },
  });
  if (campaigns.length === 0) throw new LaunchProblem(`There is no campaign ${values.campaign ?? "at all"}.`);
  let left = 0;
  for (const { applicationId, id, name } of campaigns) {
    const scope = admit(operator, { applicationId, campaignId: id }, "redemptions.write");
    const mended = values.repair ? await repairRedemptions(scope) : null;
    const { wrong, rows } = await checkRedemptions(scope);
    left += wrong;
    const sound = wrong === 0 ? "sound" : `${wrong} wrong`;
    console.log(`  ${name} (campaign ${id}): ${mended?.wrong ? `${mended.wrong} mended, ` : ""}${sound}`);
    for (const row of [...(mended?.rows ?? []), ...rows]) console.log(told(row));
  }
  return left === 0 ? 0 : 1;
});
