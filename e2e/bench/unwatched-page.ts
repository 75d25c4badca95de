import type { Browser } from "@playwright/test";

/** A page that Playwright does not listen to. */
interface UnwatchedPage {
  goto(url: string): Promise<void>;
  /** What a script in the page gives, also as a promise. */
  evaluate(script: string): Promise<unknown>;
}

type Answer = { result?: { exceptionDetails?: unknown; result?: { value?: unknown } }; error?: { message: string } };

/**
 * Opens a page of 1280 × 800 of which the browser reports nothing. Playwright has it report every request and frame, which takes a
 * tenth of the time until a document is shown and is no part of what people see. @param script runs before each document's own
 * @param session the cookie by which somebody is signed in
 */
export async function openUnwatched(
  browser: Browser,
  script: string,
  session: { name: string; value: string; url: string },
): Promise<UnwatchedPage> {
  const connection = await browser.newBrowserCDPSession();
  const { browserContextId } = await connection.send("Target.createBrowserContext");
  await connection.send("Storage.setCookies", { cookies: [session], browserContextId });
  const { targetId } = await connection.send("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = await connection.send("Target.attachToTarget", { targetId, flatten: false });
  let asked = 0;
  const send = (method: string, params: object) =>
    new Promise<Answer["result"]>((resolve, reject) => {
      asked += 1;
      const id = asked;
      const hear = ({ message }: { message: string }) => {
        const answer: Answer & { id?: number } = JSON.parse(message);
        if (answer.id !== id) return;
        connection.off("Target.receivedMessageFromTarget", hear);
        if (answer.error) reject(new Error(`${method}: ${answer.error.message}`));
        else resolve(answer.result);
      };
      connection.on("Target.receivedMessageFromTarget", hear);
      const message = JSON.stringify({ id, method, params });
      connection.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
    });
  await send("Emulation.setDeviceMetricsOverride", { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false });
  await send("Page.enable", {});
  await send("Page.addScriptToEvaluateOnNewDocument", { source: script });
  return {
    async goto(url) {
      await send("Page.navigate", { url });
    },
    async evaluate(expression) {
      const answer = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
      if (answer?.exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(answer.exceptionDetails)}`);
      return answer?.result?.value;
    },
  };
}
