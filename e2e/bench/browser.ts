import { gzipSync } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import { provideChromium } from "@/lib/launch/chromium";
import { onShutdown } from "@/lib/launch/shutdown";
import { listReferrals } from "@/lib/referrals/queries";
import { readReferralList } from "@/lib/referrals/read-list";
import { referralPaths } from "@/lib/referrals/search-params";
import { report } from "./figures";
import { median } from "./timing";
import { actor, type Workspace } from "./workspace";

const rounds = 9;

// What watch-rows.js adds to the page.
declare const sinceOpened: (code: string) => Promise<number>;
declare const sinceInput: (code: string) => Promise<number>;

/** The first code of a page of the list, which the browser has to show. */
async function firstCode({ scope }: Workspace, path: string): Promise<string> {
  const { list, filter } = readReferralList(new URL(path, "http://127.0.0.1").searchParams);
  const { rows } = await listReferrals(
    actor,
    scope,
    { filter: filter ?? {}, sort: list.sort, zone: "Europe/Berlin", now: new Date() },
    list.page,
    list.size,
  );
  const [row] = rows;
  if (!row) throw new Error(`${path} shows no code`);
  return row.code;
}

/** The scripts that a page loads before anybody does something, each compressed as servers do by default. */
async function scriptBytes(page: Page, url: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script")
      sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(url, { waitUntil: "networkidle" });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The list in a Chromium of 1280 × 800: opening it, a step to the next page, a search typed at a quick hand's pace. */
export async function benchBrowser(workspace: Workspace): Promise<void> {
  const { scope, program } = workspace;
  const paths = referralPaths(scope);
  const browser = await chromium.launch({
    executablePath: await provideChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  onShutdown(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const scripts = await scriptBytes(page, program.address + paths.list());
  await page.addInitScript({ path: "e2e/bench/watch-rows.js" });

  const [first, found] = [
    await firstCode(workspace, paths.list()),
    await firstCode(workspace, paths.list({ q: "launch" })),
  ];
  const opened: number[] = [];
  const stepped: number[] = [];
  const searched: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    await page.goto(program.address + paths.list(), { waitUntil: "commit" });
    const open = await page.evaluate((code) => sinceOpened(code), first);
    const next = page.getByRole("link", { name: "Next", exact: true });
    const second = await firstCode(workspace, (await next.getAttribute("href")) ?? "");
    await page.waitForLoadState("networkidle");
    await next.click({ noWaitAfter: true });
    const step = await page.evaluate((code) => sinceInput(code), second);
    await page.waitForLoadState("networkidle");
    await page
      .getByRole("searchbox", { name: "Search code, advocate or batch" })
      .pressSequentially("launch", { delay: 80 });
    const search = await page.evaluate((code) => sinceInput(code), found);
    if (round < 0) continue; // warm-up
    opened.push(open);
    stepped.push(step);
    searched.push(search);
  }
  await browser.close();
  report({
    what: "browser: opening the list until its rows are painted",
    measured: median(opened),
    unit: "ms",
    atMost: 100,
  });
  report({ what: "browser: Next until the rows are painted", measured: median(stepped), unit: "ms", atMost: 100 });
  report({
    what: "browser: last key of a search until its rows are painted",
    measured: median(searched),
    unit: "ms",
    atMost: 150,
  });
  report({ what: "JavaScript that the list page loads, gzip", measured: scripts, unit: "kB", atMost: 170_000 });
}
