import type { RequestListener } from "node:http";

type Serve = typeof import("@/lib/api/serve")["serveApi"];
let loading: Promise<Serve> | undefined;

/**
 * Whether an address belongs to the API, whose fence is its key: it answers for any host, and knows no cookie. Its description
 * is no secret.
 */
export function isApiAddress(url: string | undefined): boolean {
  return url !== undefined && /^\/(v[12]\/|openapi\.json(\?|$))/.test(url);
}

/** Answers a request to the API, which is loaded with the first one: who has no shop does not pay for it. */
export const serveApi: RequestListener = (request, response) => {
  loading ??= import("@/lib/api/serve").then((module) => module.serveApi);
  void loading.then((serve) => serve(request, response));
};
