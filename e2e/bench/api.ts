import { residentBytes } from "@/lib/testing/memory";
import { report } from "./figures";
import { type BenchShop, openBenchShop } from "./shop";
import { median, time } from "./timing";
import type { Workspace } from "./workspace";

const rounds = 25;

/** What a management key reads of a campaign, and what each answer may take, in milliseconds. */
const reads: [name: string, query: string, atMost: number][] = [
  ["list of 50 with the exact total", "referrals?pageSize=50", 8],
  ["list of 50, page only", "referrals/no_total?pageSize=50", 5],
  ["list of 50, skip 100,000", "referrals/no_total?pageSize=50&skip=100000", 60],
  ["list of 50, skip 500,000", "referrals/no_total?pageSize=50&skip=500000", 60],
  ["search, four characters", "referrals/no_total?pageSize=50&code=x7k2", 8],
  ["search, no match", "referrals/no_total?pageSize=50&code=nosuchcode", 8],
];

/** Calls by so many at once for some seconds. @returns how many were answered a second */
async function rateOf(callers: number, seconds: number, call: (nth: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let [taken, done] = [0, 0];
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() - began < seconds * 1000) {
        await call(taken++);
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - began);
}

async function benchReads(shop: BenchShop, base: string): Promise<void> {
  for (const [name, query, atMost] of reads) {
    const path = `${base}/${query}`;
    await shop.ask("GET", path);
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await time(() => shop.ask("GET", path)));
    report({ what: `API: ${name}`, measured: median(times), unit: "ms", atMost });
  }
  const listed = await rateOf(16, 5, () => shop.ask("GET", `${base}/referrals?pageSize=50`));
  report({ what: "API: lists of 50 with total, 16 callers", measured: listed, unit: "calls/s", atLeast: 600 });
}

async function benchWrites(shop: BenchShop, campaignId: number): Promise<void> {
  const one = (nth: number) =>
    shop.ask("POST", "/v1/referrals", { campaignId, advocateProfileIntegrationId: `bench api ${nth}`, usageLimit: 1 });
  report({ what: "API: make one code, 8 callers", measured: await rateOf(8, 5, one), unit: "calls/s", atLeast: 400 });
  const times: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const ids = Array.from({ length: 1000 }, (_, nth) => `bench many ${round} ${nth}`);
    const body = { campaignId, advocateProfileIntegrationIds: ids, usageLimit: 1 };
    times.push(await time(() => shop.ask("POST", "/v1/referrals_for_multiple_advocates?silent=yes", body)));
  }
  report({ what: "API: make codes for 1,000 advocates", measured: median(times), unit: "ms", atMost: 150 });
}

/** What shops ask over HTTP beside redeeming (see `redeem`), and what that leaves in memory. */
export async function benchApi(workspace: Workspace): Promise<void> {
  const { program, scope } = workspace;
  const base = `/v1/applications/${scope.applicationId}/campaigns/${scope.campaignId}`;
  const management = await openBenchShop(workspace, "management", 16);
  const integration = await openBenchShop(workspace, "integration", 8);
  await management.ask("GET", `${base}/referrals?pageSize=50`);
  await benchReads(management, base);
  await benchWrites(integration, scope.campaignId);
  const before = residentBytes(program.pid);
  const page = JSON.parse(await management.ask("GET", `${base}/referrals?pageSize=1`));
  const trial = { customerSession: { profileId: "bench", referralCode: page.data[0].code } };
  const tried = await rateOf(8, 10, () => integration.ask("PUT", "/v2/customer_sessions/bench?dry=true", trial));
  report({ what: "API: trials of a code, 8 callers", measured: tried, unit: "calls/s" });
  const memory = { measured: residentBytes(program.pid), raw: before, unit: "MiB", atMost: 1.2 } as const;
  report({ what: "API: memory of the server after ten seconds of calls, beside before", ...memory });
  management.close();
  integration.close();
}
