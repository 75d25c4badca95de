import { campaignPath, expect, test } from "./fixtures";

/** Whether React has taken over the page, asked after every task that was waiting had its turn. */
async function isTaken(): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  for (let turn = 0; turn < 200; turn += 1) {
    await new Promise((next) => {
      port1.onmessage = next;
      port2.postMessage(null);
    });
  }
  return Object.keys(document).some((key) => key.startsWith("__reactContainer"));
}

test.beforeEach(async ({ page }) => {
  // The browser tells of the first frame when the test says so, and the clock goes on when the test says so.
  await page.addInitScript(() => {
    const real = PerformanceObserver;
    class Silent extends real {
      #told: () => void;
      constructor(told: PerformanceObserverCallback) {
        super(told);
        this.#told = () => told(performance as unknown as PerformanceObserverEntryList, this);
      }
      override observe(options: PerformanceObserverInit) {
        if (options.type === "paint") addEventListener("first frame", this.#told);
        else super.observe(options);
      }
    }
    globalThis.PerformanceObserver = Silent;
  });
  await page.clock.install({ time: "2026-11-25T12:00:00Z" });
  await page.clock.pauseAt("2026-11-25T12:00:01Z");
});

test("React takes a page over when its first frame is on the screen", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals"), { waitUntil: "load" });
  await expect(page.getByRole("table")).toBeVisible();
  expect(await page.evaluate(isTaken)).toBe(false);
  await page.evaluate(() => dispatchEvent(new Event("first frame")));
  await page.clock.runFor(10);
  await expect.poll(() => page.evaluate(isTaken)).toBe(true);
});

test("and after half a second without one", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals"), { waitUntil: "load" });
  await page.clock.runFor(490);
  expect(await page.evaluate(isTaken)).toBe(false);
  await page.clock.runFor(20);
  await expect.poll(() => page.evaluate(isTaken)).toBe(true);
});
