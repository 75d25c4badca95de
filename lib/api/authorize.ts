import type { IncomingMessage } from "node:http";
import type { RateLimiterAbstract } from "rate-limiter-flexible";
import type { Actor } from "@/lib/access/actor";
import { allows } from "@/lib/access/permissions";
import { recordRefusal } from "@/lib/access/refusal";
import { type ProvenKey, provenKey } from "@/lib/keys/queries";
import { authorizationScheme, type KeyKind } from "@/lib/keys/rules";
import { secondsLeft, sharedRate, spend } from "@/lib/rate";
import type { Endpoint } from "./endpoint";
import { ApiProblem } from "./problems";

/** Which word of the `Authorization` header goes with which kind of key. SDK 4.3.0 knows only `Bearer` for management. */
const schemes: Record<string, KeyKind> = {
  "apikey-v1": "integration",
  "managementkey-v1": "management",
  bearer: "management",
};

/** What the header of a kind looks like. */
export const headerOf: Record<KeyKind, string> = {
  integration: `Authorization: ${authorizationScheme.integration} <key>`,
  management: `Authorization: ${authorizationScheme.management} <key>`,
};

const refuse = (message: string) =>
  new ApiProblem(401, message, [], { "www-authenticate": "ApiKey-v1, ManagementKey-v1" });

/**
 * The key of a request to an endpoint.
 * @throws ApiProblem 401 for no key, an unknown one or one of the wrong kind
 */
export async function keyOf(request: IncomingMessage, { key: kind }: Endpoint): Promise<ProvenKey> {
  const header = request.headers.authorization;
  if (!header) throw refuse(`This needs a key: send the header “${headerOf[kind]}”.`);
  const [, scheme = "", text = ""] = /^(\S{1,40}) +(\S{1,200})$/.exec(header.trim()) ?? [];
  const sent = schemes[scheme.toLowerCase()];
  if (!sent) throw refuse(`The Authorization header cannot be read: send “${headerOf[kind]}”.`);
  const key = sent === kind ? await provenKey(text) : null;
  if (!key || key.kind !== kind)
    throw refuse(`This is no ${kind} key that works here: it may be mistyped, expired, revoked or of the other kind.`);
  return key;
}

/**
 * Whether a key may do what is asked of it, in an application of the path or any; refusals are on record. The words are the same whether
 * there is such an application or not.
 * @throws ApiProblem 403
 */
export async function assertAllowed(
  key: ProvenKey,
  actor: Actor,
  { permission }: Endpoint,
  applicationId: string | undefined,
): Promise<void> {
  const own = applicationId === undefined || applicationId === String(key.applicationId);
  if (own && allows(key.permissions, permission)) return;
  await recordRefusal(actor, { applicationId: key.applicationId }, permission);
  throw new ApiProblem(
    403,
    own
      ? `The key “${key.name}” is not allowed this: it lacks the permission “${permission}”.`
      : "This key is not allowed to do anything in this application.",
  );
}

/** Who did it, as records keep it; from where, the launch has settled. */
export function actorOf({ id, name, permissions }: ProvenKey, { headers }: IncomingMessage): Actor {
  return { kind: "key", id, name, permissions, from: headers["x-forwarded-for"]?.toString() };
}

/** Over how many seconds a rate is held; a short burst above it is fine. */
const windowSeconds = 5;
const limiters = new Map<number, RateLimiterAbstract>();

async function limiterOf(perSecond: number): Promise<RateLimiterAbstract> {
  const before = limiters.get(perSecond);
  if (before) return before;
  const points = perSecond * windowSeconds;
  const rate = { keyPrefix: "k", points, duration: windowSeconds };
  // Who is over the rate costs the database nothing.
  const limiter = await sharedRate("api_rate", { ...rate, inMemoryBlockOnConsumed: points + 1 });
  if (limiters.size >= 100) limiters.clear();
  limiters.set(perSecond, limiter);
  return limiter;
}

/** A hundredth of what a key may send in a window is counted at a time, so that most requests cost no statement. */
const shareOf = (perSecond: number) => Math.ceil((perSecond * windowSeconds) / 100);
/** What this process has counted and not used, by key; it lapses with the window. */
const counted = new Map<string, { left: number; until: number }>();
const countedMost = 1000;
/** Keys of which a share is being counted: who comes meanwhile takes of that one, because each of a crowd would count its own. */
const counting = new Map<string, Promise<void>>();

/**
 * Counts a request against its key's rate, over all server processes.
 * @throws ApiProblem 429 with `Retry-After`
 */
export async function holdRate(key: ProvenKey): Promise<void> {
  const name = `${key.applicationId}:${key.id}`;
  while (!takeOne(name)) {
    const share = counting.get(name) ?? countShare(name, key).finally(() => counting.delete(name));
    counting.set(name, share);
    await share;
  }
}

/** Takes one of what was counted for a key; whether there was one. */
function takeOne(name: string): boolean {
  const share = counted.get(name);
  if (!share || share.left <= 0 || Date.now() >= share.until) return false;
  share.left -= 1;
  return true;
}

async function countShare(name: string, key: ProvenKey): Promise<void> {
  const limiter = await limiterOf(key.perSecond);
  const points = shareOf(key.perSecond);
  const { over, standing } = await spend(limiter, name, points);
  if (over) {
    const seconds = secondsLeft(standing);
    throw new ApiProblem(
      429,
      `The key “${key.name}” may send ${key.perSecond} requests a second. Try again in ${seconds} s.`,
      [],
      { "retry-after": String(seconds) },
    );
  }
  if (counted.size >= countedMost) counted.clear();
  counted.set(name, { left: points, until: Date.now() + standing.msBeforeNext });
}
