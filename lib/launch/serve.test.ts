import { expect, test } from "vitest";
import { closing } from "./serve";

test("who asked a second time before the application's turn came waits no longer for what it does", async () => {
  const stuck = closing({ close: () => new Promise<void>(() => undefined) });
  await stuck(AbortSignal.abort());
  const asked = new AbortController();
  const closed = stuck(asked.signal);
  asked.abort();
  await closed;
});

test("what has ended is not waited for", async () => {
  const ended: string[] = [];
  await closing({ close: async () => void ended.push("application") })(new AbortController().signal);
  expect(ended).toEqual(["application"]);
});
