import { AsyncLocalStorage } from "node:async_hooks";

/** What is known of the request that is being answered. */
export interface RequestMark {
  /** Why its page could not be made for want of the database, for the user. */
  problem?: string;
}

// One for the server and for the application, whose modules are inside Next's bundle.
const holder = globalThis as { referralsRequest?: AsyncLocalStorage<RequestMark> };
holder.referralsRequest ??= new AsyncLocalStorage();

/** The mark of the request under way; `launch/serve.ts` opens one for each. */
export const requestMark = holder.referralsRequest;
