import type { Endpoint } from "./endpoint";
import { codedErrorModel, errorModel } from "./models/error";

/** When a request is refused, whatever the endpoint. */
const reasons = {
  400: "Something of the path, the query, the headers or the body is not as described; `errors` says what, where and the mend.",
  401: "No key was sent, or one that is unknown, expired, revoked or of the other kind.",
  403: "The key may not do this, or not in this application.",
  404: "What the address or the body names does not exist in the key's application.",
  405: "The address does not answer this method; `Allow` names those that it answers.",
  409: "An earlier request with this `Idempotency-Key` is still being carried out.",
  413: "The body is longer than is read.",
  415: "The body is of another type than described, or compressed.",
  422: "This `Idempotency-Key` was used before with another request.",
  429: "The key sends more requests than it may, or a customer names too many codes that nobody has; `Retry-After` says in how many seconds to try again.",
  500: "Something failed that should not; the message has an id, under which the server's log says more.",
  503: "The server or its database is busy or away; `Retry-After` says in how many seconds to try again.",
} as const;
type Status = keyof typeof reasons;

/** A refusal of an endpoint: when it is given, and the model of its body. */
export interface Refusal {
  status: number;
  reason: string;
  /** When this endpoint gives it beyond what holds for all. */
  own?: string;
  model: typeof errorModel | typeof codedErrorModel;
}

/** Which statuses carry `StatusCode` in their body, wherever they are answered. */
export function isCoded(status: number, endpoint: Pick<Endpoint, "withStatusCode"> | undefined): boolean {
  return status === 401 || status === 409 || (status === 400 && endpoint?.withStatusCode === true);
}

/** Every refusal that an endpoint can give, by status. */
export function refusalsOf(endpoint: Endpoint): Refusal[] {
  const own: Partial<Record<number, string>> = endpoint.refusals ?? {};
  const statuses: Status[] = [400, 401, 403, 404, 405, 429, 500, 503];
  if (endpoint.body || endpoint.upload !== undefined) statuses.push(413, 415);
  if (endpoint.method !== "GET") statuses.push(409, 422);
  const all = new Set([...statuses, ...(Object.keys(own).map(Number) as Status[])]);
  return [...all]
    .sort((one, other) => one - other)
    .map((status) => ({
      status,
      reason: reasons[status],
      ...(own[status] !== undefined && { own: own[status] }),
      model: isCoded(status, endpoint) ? codedErrorModel : errorModel,
    }));
}
