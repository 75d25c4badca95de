import type { Page } from "@playwright/test";
import { expect } from "../fixtures";

const ways = [
  (run: string) => `<script>${run}</script>`,
  (run: string) => `"><img src=x onerror=${run}>`,
  (run: string) => `'><svg onload=${run}>`,
  (run: string) => `</script><script>${run}</script>`,
  (run: string) => `javascript:${run}`,
  (run: string) => `<a href="javascript:${run}">x</a>`,
  (run: string) => `<iframe srcdoc="<script>parent.${run}</script>">`,
  (run: string) => `" onmouseover="${run}" autofocus onfocus="${run}`,
  (run: string) => `<math><mtext></form><form><mglyph><style></math><img src onerror=${run}>`,
  (run: string) => `{{constructor.constructor('${run}')()}}`,
  (run: string) => `\${${run}}<%= ${run} %>`,
  (run: string) => `<details open ontoggle=${run}>`,
  (run: string) => `<style>@import 'javascript:${run}'</style>`,
  (run: string) => `--><!--<img src=x onerror=${run}>`,
  (run: string) => `＜script＞${run}＜/script＞`,
  (run: string) => `<svg><script href="data:,${run}"/>`,
  (run: string) => `<base href="//evil.example/"><object data="javascript:${run}">`,
  (run: string) => `\u2028<script>${run}</script>\u2029`,
  (run: string) => `<input autofocus onfocus=${run}>`,
  (run: string) => `]]><script>${run}</script>`,
];
const runs = ["alert(1)", "window.ran=1", "confirm`1`", "top.ran=1", "eval('ran=1')"];
/** 200 texts that a page would run, were it to take one for anything but a text. */
export const payloads = ways.flatMap((way) => ["", "A "].flatMap((lead) => runs.map((run) => lead + way(run))));

/** The policy of a page: scripts run by a nonce of this answer, and by nothing else. */
const byNonce = /script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic';/;

/** Opens a page, and makes sure that it holds no script but its own, and has a policy by which no other runs. Gives what can be read on it, in its fields as well. */
export async function visit(page: Page, path: string): Promise<string> {
  const answer = await page.goto(path);
  expect(answer?.headers()["content-security-policy"], path).toMatch(byNonce);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const foreign = await page.evaluate(() => ({
    scripts: [...document.scripts]
      .filter((script) => script.nonce === "" && !script.src.startsWith(`${location.origin}/_next/static/`)) // ours load more of ours
      .map((script) => script.outerHTML.slice(0, 200)),
    ran: "ran" in window,
    base: document.baseURI.includes("evil"),
  }));
  expect(foreign, path).toEqual({ scripts: [], ran: false, base: false });
  const fields = page.locator("input, textarea");
  const values = await fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
  return [...(await page.locator("body").allInnerTexts()), ...values].join("\n");
}

/** The dialogs that scripts of a page open, each closed at once; what the browser asks before something is lost is none of them. */
export function dialogsOf(page: Page): string[] {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") return void dialog.accept();
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return dialogs;
}
