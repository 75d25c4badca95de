import { redeemTogether } from "@/lib/stress/crowd";
import { readStressOptions, type StressOptions } from "@/lib/stress/options";
import { counterOf, makeCode, openShop } from "@/lib/stress/shop";
import { LaunchProblem } from "../problem";
import { onShutdown, runTask } from "../shutdown";

/** One round: a code with a limit, and a third more friends who want it. @returns whether exactly as many got in */
async function round({ url, key, campaign, clients, limit }: StressOptions): Promise<boolean> {
  const shop = openShop(url, key, clients);
  try {
    const made = await makeCode(shop, campaign, limit);
    const attempts = limit + Math.max(clients, Math.ceil(limit / 3));
    const tally = await redeemTogether([shop], () => made.code, { clients, attempts });
    const counter = await counterOf(shop, made);
    const exact = tally.accepted === limit && counter === limit && tally.unknown === 0 && tally.refused === 0;
    const others = Object.entries(tally.rejected).map(([reason, times]) => `${times} ${reason}`);
    console.log(
      `  ${exact ? "exact" : "WRONG"}  ${made.code}: ${tally.accepted} of ${attempts} accepted, limit ${limit}, counter ${counter}, ` +
        `${others.join(", ") || "none rejected"}, ${tally.unknown} server errors, ${Math.round(tally.perSecond)} a second`,
    );
    if (tally.firstProblem !== null) console.log(`         first problem: ${tally.firstProblem}`);
    return exact;
  } finally {
    shop.close();
  }
}

/**
 * `npm run stress -- --key rfi_1_…`: makes a code with a limit on a running server and lets more friends than that redeem it at once, to
 * show that exactly as many get in. Ends with 1 where they do not. What it made stays, and can be undone in Operations.
 */
export default function stress(args: string[]): Promise<void> {
  return runTask(async () => {
    const read = readStressOptions(args);
    if ("problems" in read) throw new LaunchProblem(read.problems);
    const { options } = read;
    const ending = new AbortController();
    onShutdown(() => ending.abort());
    console.log(`${options.clients} clients on codes for ${options.limit}, ${options.rounds} rounds, ${options.url}`);
    let wrong = 0;
    for (let nth = 0; nth < options.rounds && !ending.signal.aborted; nth += 1) {
      const exact = await round(options).catch((error: unknown) => {
        throw new LaunchProblem(error instanceof Error ? error.message : String(error));
      });
      if (!exact) wrong += 1;
    }
    return wrong === 0 ? 0 : 1;
  });
}
