import { test as base, expect, type Page } from "@playwright/test";

type Fixtures = {
  /** Console messages that a test provokes on purpose, such as the browser's own line about an answer of 404. */
  expectedErrors: RegExp[];
  complaints: undefined;
};

/** Playwright's test, failing as well on every error in the console and every uncaught exception of any of its pages. */
export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],
  complaints: [
    async ({ context, expectedErrors }, use) => {
      const heard: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") heard.push(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (uncaught) => heard.push(uncaught.error().stack ?? String(uncaught.error())));
      await use(undefined);
      expect(heard.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** What the browser writes to the console when a page or a request is answered by 404. */
export const notFoundLine = /the server responded with a status of 404/;

const application = "/applications/1/campaigns";

/** Address of a page of one of the demo's campaigns. */
export function campaignPath(campaign: number, rest = ""): string {
  return `${application}/${campaign}${rest}`;
}

/** A name that leads to the server over plain http: to browsers no secure origin, as `localhost` and 127.0.0.1 are. */
export const plainHost = "referrals.test";

/** What the clipboard holds. */
export function clipboardText(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Puts a text on the clipboard that no code can be, so that a copy afterwards is seen. */
export function spoilClipboard(page: Page): Promise<void> {
  return page.evaluate(() => navigator.clipboard.writeText("nothing was copied"));
}
