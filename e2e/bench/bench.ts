// `npm run bench`: the budgets of speed, measured on a database of its own that starts empty and goes afterwards.
import { parseArgs } from "node:util";
import { closeDatabase } from "@/lib/db";
import { onShutdown, runTask } from "@/lib/launch/shutdown";
import { temporaryFolder } from "@/lib/launch/temporary";
import { residentBytes } from "@/lib/testing/memory";
import { benchApi } from "./api";
import { benchBrowser } from "./browser";
import { benchCreate } from "./create";
import { benchDisk } from "./disk";
import { benchEdit } from "./edit";
import { benchExport } from "./export";
import { printHeader, report, sumUp } from "./figures";
import { benchImport } from "./import";
import { benchList, listPaths } from "./list";
import { benchOverview } from "./overview";
import { startSigned } from "./program";
import { benchRedeem } from "./redeem";
import { benchSingle } from "./single";
import { benchStart, memoryBudget } from "./start";
import { benchStatements } from "./statements";
import { connectRaw, findLargeCampaign, makeLargeCampaign, type Workspace } from "./workspace";

const { values } = parseArgs({
  options: {
    referrals: { type: "string", default: "100000" },
    only: { type: "string" },
    data: { type: "string" }, // the task's
    seconds: { type: "string", default: "20" },
  },
});

await runTask(async () => {
  const count = Number(values.referrals);
  if (!Number.isInteger(count) || count < 1000 || count > 10_000_000) {
    console.error(`--referrals is "${values.referrals}"; give a whole number from 1000 to 10000000, such as 1000000.`);
    return 1;
  }
  const redeeming = Number(values.seconds);
  if (!Number.isInteger(redeeming) || redeeming < 1 || redeeming > 3600) {
    console.error(`--seconds is "${values.seconds}"; give how long codes are redeemed, from 1 to 3600, such as 20.`);
    return 1;
  }
  const folder = temporaryFolder();
  onShutdown(folder.remove);
  onShutdown(closeDatabase);
  const began = performance.now();
  const found = await findLargeCampaign(count);
  const scope = found ?? (await makeLargeCampaign(count));
  const seconds = (performance.now() - began) / 1000;
  const filled = found ? "found there" : `filled in in ${seconds.toFixed(1)} s`;
  console.log(`\n${count.toLocaleString("en-GB")} codes in the campaign, ${filled}\n`);
  const raw = await connectRaw();
  onShutdown(() => raw.end());
  const program = await startSigned({});
  const workspace: Workspace = { scope, count, raw, program, folder: folder.path };
  const pages = await listPaths(workspace);
  const parts: Record<string, () => Promise<void>> = {
    disk: () => benchDisk(workspace),
    list: () => benchList(workspace, pages),
    statements: () => benchStatements(pages),
    browser: () => benchBrowser(workspace),
    export: () => benchExport(workspace),
    edit: () => benchEdit(workspace),
    create: () => benchCreate(workspace),
    single: () => benchSingle(workspace),
    import: () => benchImport(workspace),
    api: () => benchApi(workspace),
    redeem: () => benchRedeem(workspace, pages, redeeming),
    overview: () => benchOverview(workspace),
    start: benchStart,
  };
  printHeader();
  for (const [name, run] of Object.entries(parts)) {
    if (values.only === undefined || values.only.split(",").includes(name)) await run();
  }
  report({
    what: "memory of the server after all of this",
    measured: residentBytes(program.pid),
    unit: "MiB",
    atMost: memoryBudget.after,
  });
  report({ what: "the whole run", measured: performance.now() - began, unit: "s" });
  await program.stop();
  return sumUp();
});
