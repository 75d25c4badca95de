// Adds `--referrals` codes to a campaign of the database of DATABASE_URL, `--campaign` 1 if none is named.
import { closeDatabase, db } from "@/lib/db";
import { fillCampaign } from "@/prisma/seed-large";
import { readOptions } from "../options";
import { LaunchProblem } from "../problem";
import { onShutdown, runTask } from "../shutdown";

await runTask(async () => {
  onShutdown(closeDatabase);
  const options = { referrals: { type: "string" }, campaign: { type: "string", default: "1" } } as const;
  const values = readOptions(process.argv.slice(2), options, "npm run seed -- --referrals 100000 [--campaign 1]");
  const count = Number(values.referrals);
  if (!Number.isInteger(count) || count < 1 || count > 10_000_000) {
    throw new LaunchProblem(
      `--referrals is "${values.referrals}"; give a whole number from 1 to 10000000, such as 100000.`,
    );
  }
  const campaign = await db.campaign.findFirst({
    where: { id: /^\d{1,9}$/.test(values.campaign) ? Number(values.campaign) : 0 },
    select: { applicationId: true, id: true, name: true },
  });
  if (!campaign)
    throw new LaunchProblem(`--campaign is "${values.campaign}", and there is no such campaign; the demo has 1 to 3.`);
  const began = performance.now();
  await fillCampaign({ applicationId: campaign.applicationId, campaignId: campaign.id }, count);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${count.toLocaleString("en-GB")} codes are in “${campaign.name}”, made in ${seconds} s.`);
  return 0;
});
