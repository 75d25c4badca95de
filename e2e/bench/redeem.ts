import { setTimeout as pause } from "node:timers/promises";
import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { checkRedemptions } from "@/lib/redemptions/check";
import { updateSession } from "@/lib/sessions/update";
import { report } from "./figures";
import { fetchPage, type ListPath, limits } from "./list";
import { openBenchShop } from "./shop";
import { median, time } from "./timing";
import type { Workspace } from "./workspace";

const callers = 8;
/** Redemptions a second that are asked for; a little more than what has to be kept. */
const pace = 900;
/** Every so many of them is of one code that everybody has. */
const hotEvery = 10;

/** Codes with room, spread over the table. @param unlimited only those without a limit */
async function redeemable({ raw, scope }: Workspace, count: number, unlimited: boolean): Promise<string[]> {
  const { rows } = await raw.query<{ code: string }>(
    `SELECT code FROM referral WHERE application_id = $1 AND campaign_id = $2
       AND (usage_limit = 0 OR NOT $4 AND usage_counter < usage_limit)
       AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now() + interval '2 hours')
     ORDER BY hashint8(id) LIMIT $3`,
    [scope.applicationId, scope.campaignId, count, unlimited],
  );
  if (rows.length === 0) throw new Error("no code can be redeemed");
  return rows.map(({ code }) => code);
}

let sessions = 0;
/** Tells this run's from those of one before, where its codes are kept (`--data`). */
const run = Date.now().toString(36);

/** Closes sessions by several callers, at most so many a second, until the time is over. @returns each one's time in milliseconds */
async function closeSessions(
  callers: number,
  limits: { seconds: number; pace: number },
  codeOf: (nth: number) => string,
  close: (session: string, code: string, friend: string) => Promise<unknown>,
): Promise<{ times: number[]; perSecond: number }> {
  const times: number[] = [];
  const began = performance.now();
  let taken = 0;
  const going = () => performance.now() - began < limits.seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let nth = taken++; going(); nth = taken++) {
        const due = began + (nth * 1000) / limits.pace - performance.now();
        if (due > 0) await pause(due);
        const one = sessions++;
        times.push(await time(() => close(`bench session ${run} ${one}`, codeOf(nth), `bench friend ${run} ${one}`)));
      }
    }),
  );
  return { times, perSecond: (times.length * 1000) / (performance.now() - began) };
}

/** Redeems over the API at the pace for so many seconds; gives each one's time in milliseconds. */
async function redeemAtPace(workspace: Workspace, seconds: number): Promise<number[]> {
  const codes = await redeemable(workspace, pace * seconds, false);
  const [hot = ""] = await redeemable(workspace, 1, true);
  const shop = await openBenchShop(workspace, "integration", callers);
  const codeOf = (nth: number) => (nth % hotEvery === 0 ? hot : (codes[nth % codes.length] ?? ""));
  const { times, perSecond } = await closeSessions(callers, { seconds, pace }, codeOf, (...given) =>
    shop.closeSession(...given),
  );
  shop.close();
  report({
    what: "redeem while the list is read, a page every 0.2 s",
    measured: perSecond,
    unit: "redemptions/s",
    atLeast: 850,
  });
  return times;
}

/** As fast as it goes: codes all over the table, and one that everybody has; by the API, and by the same statements without it. */
async function redeemAtOnce(workspace: Workspace): Promise<void> {
  const seconds = 5;
  const codes = await redeemable(workspace, 40_000, true);
  const [hot = ""] = codes;
  const shop = await openBenchShop(workspace, "integration", callers);
  const place = admit(operator, { applicationId: workspace.scope.applicationId }, "redemptions.write");
  const directly = (session: string, referralCode: string, profileId: string) =>
    updateSession(place, session, { state: "closed", referralCode, profileId });
  for (const [name, codeOf] of [
    ["a session closed with a code", (nth: number) => codes[nth % codes.length] ?? ""],
    ["a session closed with the same code by all", () => hot],
  ] as const) {
    const limits = { seconds, pace: Number.POSITIVE_INFINITY };
    const raw = await closeSessions(callers, limits, codeOf, directly);
    const { times, perSecond } = await closeSessions(callers, limits, codeOf, (...given) =>
      shop.closeSession(...given),
    );
    report({ what: `API: ${name}`, measured: perSecond, unit: "redemptions/s", atLeast: 850 });
    const beside = { raw: raw.perSecond, atLeast: 1 / 3 };
    report({
      what: `API: ${name}, beside its statements alone`,
      measured: perSecond,
      unit: "redemptions/s",
      ...beside,
    });
    report({ what: `API: ${name}, 99 of 100 within`, measured: percentile(times, 0.99), unit: "ms", atMost: 100 });
  }
  shop.close();
}

function percentile(times: number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * part)] ?? 0;
}

/** How long somebody looks at a page before the next one, in milliseconds. */
const look = 200;

/** Opens pages by turns, as people do, until `going` says no; gives each page's times. */
async function readMeanwhile({ program }: Workspace, pages: ListPath[], going: () => boolean) {
  const times = new Map(pages.map((page) => [page, [] as number[]]));
  while (going()) {
    for (const [page, of] of times) {
      of.push(await time(() => fetchPage(program, page.path, "step")));
      await pause(look);
    }
  }
  return times;
}

interface Updates {
  updates: number;
  hot: number;
}

async function updatesOf({ raw }: Workspace): Promise<Updates> {
  const { rows } = await raw.query<Updates>(
    "SELECT n_tup_upd::int AS updates, n_tup_hot_upd::int AS hot FROM pg_stat_user_tables WHERE relname = 'referral'",
  );
  return rows[0] ?? { updates: 0, hot: 0 };
}

/** The server's processes tell of their updates after seconds; waits until they did. */
async function updatesSince(workspace: Workspace, before: Updates, count: number): Promise<Updates> {
  for (let turn = 0; ; turn += 1) {
    const now = await updatesOf(workspace);
    const since = { updates: now.updates - before.updates, hot: now.hot - before.hot };
    if (since.updates >= count || turn === 30) return since;
    await pause(1000);
  }
}

const position = async ({ raw }: Workspace) =>
  (await raw.query<{ at: string }>("SELECT pg_current_wal_flush_lsn()::text AS at")).rows[0]?.at ?? "";

/** Bytes of the write-ahead log for each table with its indexes, without the images of pages that follow a checkpoint. */
async function logBytes({ raw }: Workspace, from: string, to: string): Promise<Map<string, number>> {
  const { rows } = await raw.query<{ table: string; bytes: string }>(
    `SELECT coalesce(i.indrelid, c.oid)::regclass::text AS table, sum(w.bytes) AS bytes
     FROM (SELECT (array_agg(relfilenode ORDER BY block_id))[1] AS file, max(record_length) - sum(coalesce(block_fpi_length, 0)) AS bytes
       FROM pg_get_wal_block_info($1, $2) GROUP BY start_lsn) w
     JOIN pg_class c ON c.relfilenode = w.file LEFT JOIN pg_index i ON i.indexrelid = c.oid GROUP BY 1`,
    [from, to],
  );
  return new Map(rows.map(({ table, bytes }) => [table, Number(bytes)]));
}

// What a redemption could slow down: walks of the newest, of the redeemed and through text, and what counts as used up.
const watched =
  /^(first page|deepest page|search, (one match|no match|three characters.*|a name in Cyrillic)|in the middle by -?redemptions|status used up|redemptions from 18|common and rare together)$/;

/** A shop redeems codes while people read the list: how fast, what each costs the database, and what the list says to it. */
export async function benchRedeem(workspace: Workspace, pages: ListPath[], seconds: number): Promise<void> {
  await workspace.raw.query("CREATE EXTENSION IF NOT EXISTS pg_walinspect");
  // the log is read when all is over: what large commands wrote before lets PostgreSQL remove it soon
  await workspace.raw.query("ALTER SYSTEM SET wal_keep_size = '2GB'");
  await workspace.raw.query("SELECT pg_reload_conf()");
  const [before, from] = [await updatesOf(workspace), await position(workspace)];
  let going = true;
  const reading = readMeanwhile(
    workspace,
    pages.filter(({ name }) => watched.test(name)),
    () => going,
  );
  const times = await redeemAtPace(workspace, seconds).finally(() => {
    going = false;
  });
  const read = await reading;
  const to = await position(workspace);
  report({ what: "redeem: median", measured: median(times), unit: "ms" });
  report({
    what: "redeem: 99 of 100 within",
    measured: percentile(times, 0.99),
    unit: "ms",
    atMost: 100,
  });
  const { updates, hot } = await updatesSince(workspace, before, times.length);
  report({
    what: "redeem: updates of codes that touch no index",
    measured: (100 * hot) / updates,
    unit: "%",
    atLeast: 95,
  });
  const bytes = await logBytes(workspace, from, to);
  const each = (...tables: string[]) => tables.reduce((sum, table) => sum + (bytes.get(table) ?? 0), 0) / times.length;
  report({
    what: "redeem: log, the counter and the place in lists",
    measured: each("referral", "redeemed"),
    unit: "bytes",
    atMost: 400,
  });
  report({ what: "redeem: log, the ledger with its keys", measured: each("redemption"), unit: "bytes" });
  for (const [{ name, kind }, of] of read)
    report({ what: `list while codes are redeemed, ${name}`, measured: median(of), unit: "ms", atMost: limits[kind] });
  await redeemAtOnce(workspace);
  const { wrong } = await checkRedemptions(admit(operator, workspace.scope, "referrals.read"));
  report({ what: "redeem: codes whose counter is not the ledger’s sum", measured: wrong, unit: "codes", atMost: 0 });
}
