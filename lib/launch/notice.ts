import type { RequestListener } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Answer, send } from "./answers";

/** How long whoever watches is waited for, in milliseconds. */
const longest = 3000;

const stopping: Answer = { status: 503, sentence: "Referrals is stopping.", headers: { "retry-after": "5" } };

/** Whether a request asks if requests may be sent here. */
const asksReadiness = (url = "") => url.split("?", 1)[0] === "/readyz";

/**
 * Gives notice of a stop to whoever watches over the service by `/readyz`: it gets 503 before the door is shut, and sends nobody here any
 * more. Who has not asked for twice as long as between its last two questions does not watch, and is not waited for.
 * @param clock milliseconds since some moment
 * @returns `before` stands before a listener; `give` resolves when notice was given
 */
export function noticeOfStop(clock = () => performance.now()): {
  before(handle: RequestListener): RequestListener;
  give(hurry: AbortSignal): Promise<void>;
} {
  let [last, between] = [Number.NEGATIVE_INFINITY, 0];
  let told: (() => void) | undefined;
  return {
    before: (handle) => (request, response) => {
      if (!asksReadiness(request.url)) return handle(request, response);
      const now = clock();
      [last, between] = [now, Number.isFinite(last) ? Math.min(now - last, longest) : 0];
      if (!told) return handle(request, response);
      response.once("finish", told);
      send(request, response, stopping);
    },
    async give(hurry) {
      const watched = clock() - last < 2 * between;
      const known = new Promise<void>((resolve) => {
        told = resolve;
      });
      if (!watched) return;
      const ended = new AbortController();
      const signal = AbortSignal.any([hurry, ended.signal]);
      await Promise.race([known, pause(longest, undefined, { signal }).catch(() => undefined)]);
      ended.abort();
    },
  };
}
