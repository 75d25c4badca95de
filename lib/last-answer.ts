import type { IncomingMessage, ServerResponse } from "node:http";

/** How much of a refused body is still taken in and let go, in bytes; for how long at most, and while it stands still, in milliseconds. */
const letGoMax = 64 * 1024 * 1024;
const [letGoMilliseconds, stillMilliseconds] = [30_000, 500];

/**
 * Ends the last answer of a connection, whose client may still be sending. What is closed with bytes unread is reset, and may take the
 * answer with it: so what comes is let go for a while, until its end at most. All of the answer is written already, but its end.
 * @param end ends the answer
 */
export function endLast(request: IncomingMessage, response: ServerResponse, end: () => void): void {
  const deadline = performance.now() + letGoMilliseconds;
  let passed = 0;
  let ended = false;
  const endOnce = () => {
    clearTimeout(still);
    if (!ended && !response.writableEnded) end();
    ended = true;
  };
  const still = setTimeout(endOnce, stillMilliseconds);
  request.unpipe();
  request.on("data", (chunk: Buffer) => {
    passed += chunk.length;
    if (passed > letGoMax || performance.now() > deadline) endOnce();
    else still.refresh();
  });
  for (const over of ["end", "close", "error"]) request.once(over, endOnce);
  response.once("close", endOnce);
  request.resume();
}

/** Has an answer that is given before all of its request has come ended so, whoever gives it. */
export function endEarlyAnswers(request: IncomingMessage, response: ServerResponse): void {
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  Object.assign(response, {
    end(...given: unknown[]) {
      if (request.complete || request.destroyed || response.writableEnded) return end(...given);
      const [chunk, ...rest] = typeof given[0] === "function" ? [undefined, ...given] : given;
      if (chunk) response.write(chunk);
      else response.flushHeaders();
      endLast(request, response, () => end(...rest));
      return response;
    },
  });
}
