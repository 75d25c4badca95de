import { worker } from "@/lib/access/actor";
import { admit, type CampaignIds } from "@/lib/access/scope";
import { pool } from "@/lib/db";
import { tallyRedemptions } from "@/lib/redemptions/tally";
import { settle } from "@/prisma/seed-large";
import { report } from "./figures";
import { median, time } from "./timing";
import type { Workspace } from "./workspace";

const rounds = 11;
/** How many redemptions there are at least: two a code, up to so many, which take long to be made. */
const wantedOf = (codes: number) => Math.min(2 * codes, 4_000_000);
/** How long the whole answer may take, in milliseconds. */
const limit = 300;

/**
 * Redeems codes without a limit, or with one that nobody reaches, as if it had been done over the last year, until the campaign has as
 * many redemptions as are asked for.
 */
async function fillLedger({ applicationId, campaignId }: CampaignIds, wanted: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0");
    const place = [applicationId, campaignId];
    const ledger = "SELECT count(*)::int AS n FROM redemption WHERE application_id = $1 AND campaign_id = $2";
    const there = (await client.query<{ n: number }>(ledger, place)).rows[0]?.n ?? 0;
    const free =
      "application_id = $1 AND campaign_id = $2 AND usage_limit IN (0, 999999) AND (valid_from IS NULL OR valid_from < now())";
    const codes =
      (await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM referral WHERE ${free}`, place)).rows[0]?.n ??
      0;
    const each = Math.ceil((wanted - there) / codes);
    if (each <= 0) return;
    await client.query(
      `INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, created)
       SELECT application_id, campaign_id, id, code, 'more-' || id || '-' || n, 'more-' || id || '-' || n, at
       FROM (SELECT *, now() - random() * interval '364 days' AS at FROM referral CROSS JOIN generate_series(1, $3::int) n WHERE ${free}) r
       ORDER BY at`,
      [...place, each],
    );
    await client.query(`UPDATE referral SET usage_counter = usage_counter + $3 WHERE ${free}`, [...place, each]);
  } finally {
    client.release(true);
  }
}

/** The overview of a campaign with many redemptions, by its largest range and by its usual one, and the page of campaigns. */
export async function benchOverview({ scope, count, program }: Workspace): Promise<void> {
  await fillLedger(scope, wantedOf(count));
  const upkeep = admit(worker, {}, "upkeep");
  await tallyRedemptions(upkeep); // notes what is there
  while (await tallyRedemptions(upkeep));
  await settle();
  const campaigns = `/applications/${scope.applicationId}/campaigns`;
  const pages = [
    { name: "a year", path: `${campaigns}/${scope.campaignId}?range=year` },
    { name: "30 days", path: `${campaigns}/${scope.campaignId}` },
    { name: "page of campaigns", path: campaigns },
  ];
  const fetched = async (path: string) => {
    const response = await fetch(program.address + path, { headers: { cookie: program.cookie }, redirect: "error" });
    const text = await response.text();
    if (response.status !== 200 || text.includes("could not be counted")) throw new Error(`${path} is not whole`);
  };
  const numbers = [count, wantedOf(count)].map((n) => n.toLocaleString("en-GB"));
  for (const { name, path } of pages) {
    const times: number[] = [];
    for (let round = -2; round < rounds; round += 1) {
      const took = await time(() => fetched(path));
      if (round >= 0) times.push(took);
    }
    const what = `overview, ${name}: whole answer, ${numbers[0]} codes + ${numbers[1]} redemptions`;
    report({ what, measured: median(times), unit: "ms", atMost: limit });
  }
}
