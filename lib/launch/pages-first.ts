import type { EventEmitter } from "node:events";

/** How long a call of the API waits for pages, in milliseconds; a shop does not feel it. */
const callWaits = 50;
/** How long a page, or a file that is still being sent, is waited for. */
const pageHolds = 100;

const pages = new Set<EventEmitter>();
const waiting = new Set<() => void>();

/** Notes that a page is being made, until its `response` is over. */
export function pageBegins(response: EventEmitter): void {
  pages.add(response);
  const over = () => {
    clearTimeout(timer);
    pages.delete(response);
    if (pages.size === 0) for (const run of waiting) run();
  };
  const timer = setTimeout(over, pageHolds);
  response.once("close", over);
}

/**
 * Runs a call of the API as soon as no page is being made, and after 50 ms in any case. Somebody waits in front of a page, and
 * hundreds of calls a second would go before each of its steps; held up for as long as it takes, they lose next to nothing.
 */
export function afterPages(call: () => void): void {
  if (pages.size === 0) {
    call();
    return;
  }
  const run = () => {
    clearTimeout(timer);
    waiting.delete(run);
    call();
  };
  const timer = setTimeout(run, callWaits);
  waiting.add(run);
}
