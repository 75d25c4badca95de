import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { chromium, type Page, type Response } from "@playwright/test";
import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { provideChromium } from "@/lib/launch/chromium";
import { onShutdown } from "@/lib/launch/shutdown";
import { listReferrals } from "@/lib/referrals/list/queries";
import { readReferralList } from "@/lib/referrals/list/read";
import { referralPaths, wholeList } from "@/lib/referrals/list/search-params";
import { report } from "./figures";
import { median } from "./timing";
import { openUnwatched } from "./unwatched-page";
import type { Workspace } from "./workspace";

const rounds = 9;
// A hand needs that long to press and let go, in milliseconds; the time is taken from letting go.
const press = { delay: 60, noWaitAfter: true };
const watcher = "e2e/bench/watch-rows.js";
// What a page still does after it is shown is no part of the next opening; in milliseconds.
const settled = 500;

// What watch-rows.js adds to the page.
declare const sinceInput: (codes: string[]) => Promise<number>;

/** The codes of a page of the list, which the browser has to show; never none. */
async function codesOf({ scope }: Workspace, path: string): Promise<string[]> {
  const { list, filter } = readReferralList(new URL(path, "http://127.0.0.1").searchParams);
  const asked = { filter: filter ?? {}, sort: list.sort, zone: "Europe/Berlin", now: new Date() };
  const { rows } = await listReferrals(admit(operator, scope, "referrals.read"), asked, list.page, list.size);
  if (rows.length === 0) throw new Error(`${path} shows no code`);
  return rows.map(({ code }) => code);
}

/** The scripts that a page loads until it is at rest for half a second, each compressed as servers do by default. */
async function scriptBytes(page: Page, url: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  const weigh = (response: Response) => {
    if (response.request().resourceType() === "script")
      sizes.push(response.body().then((body) => gzipSync(body).length));
  };
  page.on("response", weigh);
  await page.goto(url, { waitUntil: "networkidle" });
  page.off("response", weigh);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/**
 * Four characters whose search shows other rows than the search for three of them, so that it is seen when they have come.
 * In a small campaign three characters may show fewer rows than a page has, and all that four show among them.
 */
async function rareText(workspace: Workspace): Promise<string> {
  const paths = referralPaths(workspace.scope);
  for (const code of await codesOf(workspace, paths.list({ page: { at: "last" } }))) {
    const text = code.replaceAll("-", "").slice(-4).toLowerCase();
    const before = await codesOf(workspace, paths.list({ q: text.slice(0, 3) }));
    const found = await codesOf(workspace, paths.list({ q: text }));
    if (found.join() !== before.join()) return text;
  }
  throw new Error("every search for four characters shows what the one for three shows");
}

/**
 * The list in a Chromium of 1280 × 800, until all its rows are shown: by its address, beside an empty document in the same
 * run; from another page of the campaign, by a step to the next page, and by a search typed at a quick hand's pace.
 */
export async function benchBrowser(workspace: Workspace): Promise<void> {
  const { scope, program } = workspace;
  const paths = referralPaths(scope);
  const browser = await chromium.launch({
    executablePath: await provideChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  onShutdown(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [cookie = "", value = ""] = program.cookie.split("=", 2);
  const session = { name: cookie, value, url: program.address };
  await context.addCookies([session]);
  const page = await context.newPage();
  const scripts = await scriptBytes(page, program.address + paths.list());
  await page.addInitScript({ path: watcher });

  const unwatched = await openUnwatched(browser, await readFile(watcher, "utf8"), session);
  const opening = async (url: string, codes: string[] | null) => {
    await unwatched.goto(url);
    const time = Number(await unwatched.evaluate(`sinceOpened(${JSON.stringify(codes)})`));
    await pause(settled);
    return time;
  };

  const list = program.address + paths.list();
  const first = await codesOf(workspace, paths.list());
  const rare = await rareText(workspace);
  const times = {
    empty: [] as number[],
    opened: [] as number[],
    entered: [] as number[],
    stepped: [] as number[],
  };
  const searched: Record<string, number[]> = { [rare]: [], launch: [] };
  for (let round = -2; round < rounds; round += 1) {
    const empty = await opening(`${program.address}/livez`, null);
    const opened = await opening(list, first);

    await page.goto(list);
    const next = page.getByRole("link", { name: "Next", exact: true });
    const second = await codesOf(workspace, (await next.getAttribute("href")) ?? "");
    await page.waitForLoadState("networkidle");
    await next.click(press);
    const stepped = await page.evaluate((codes) => sinceInput(codes), second);

    await page.goto(program.address + paths.operations, { waitUntil: "networkidle" });
    await page.getByRole("link", { name: "Referrals", exact: true }).click(press);
    const entered = await page.evaluate((codes) => sinceInput(codes), first);

    for (const [text, samples] of Object.entries(searched)) {
      const found = await codesOf(workspace, paths.list({ q: text }));
      await page.goto(list, { waitUntil: "networkidle" });
      await page
        .getByRole("searchbox", { name: "Search code, advocate or batch" })
        .pressSequentially(text, { delay: text === rare ? 80 : 10 }); // the second as fast as one search for all of it
      const time = await page.evaluate((codes) => sinceInput(codes), found);
      if (round >= 0) samples.push(time);
    }
    if (round < 0) continue; // warm-up
    times.empty.push(empty);
    times.opened.push(opened);
    times.stepped.push(stepped);
    times.entered.push(entered);
  }
  await browser.close();
  const empty = median(times.empty);
  report({ what: "browser: an empty document until it is shown", measured: empty, unit: "ms" });
  report({
    what: `browser: the list's address until all ${wholeList.size} rows are shown (empty + 50 ms)`,
    measured: median(times.opened),
    unit: "ms",
    atMost: empty + 50,
  });
  report({ what: "browser: from another page to the list", measured: median(times.entered), unit: "ms", atMost: 100 });
  report({ what: "browser: Next", measured: median(times.stepped), unit: "ms", atMost: 80 });
  for (const [text, samples] of Object.entries(searched)) {
    report({ what: `browser: last key of a search (${text})`, measured: median(samples), unit: "ms", atMost: 120 });
  }
  report({ what: "JavaScript that the list page loads, gzip", measured: scripts, unit: "kB", atMost: 162_000 });
}
