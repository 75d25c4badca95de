import type { IncomingMessage, ServerResponse } from "node:http";

/** How much of a refused body is still taken in and let go, in bytes; for how long at most, and while it stands still, in milliseconds. */
const letGoMax = 64 * 1024 * 1024;
const [letGoMilliseconds, stillMilliseconds] = [5000, 500];

/**
 * Sends the last answer of a connection to somebody who may still be sending, and closes. What is closed with bytes unread is
 * reset, and may take the answer with it: so what comes is let go for a while, until its end at most. The head is written already.
 */
export function sendLast(request: IncomingMessage, response: ServerResponse, text: string): void {
  const deadline = performance.now() + letGoMilliseconds;
  let passed = 0;
  const end = () => {
    clearTimeout(still);
    if (!response.writableEnded) response.end();
  };
  const still = setTimeout(end, stillMilliseconds);
  if (text === "") response.flushHeaders();
  else response.write(text);
  request.on("data", (chunk: Buffer) => {
    passed += chunk.length;
    if (passed > letGoMax || performance.now() > deadline) end();
    else still.refresh();
  });
  for (const over of ["end", "close", "error"]) request.once(over, end);
  response.once("close", end);
  request.resume();
}
