import { createHash } from "node:crypto";
import type { Everywhere, Scope } from "@/lib/access/scope";
import { askQuickly, db } from "@/lib/db";
import type { ProvenKey } from "@/lib/keys/queries";
import { ApiProblem } from "./problems";

/** How long the header may be, and how long an answer is kept. */
export const idempotencyKeyMax = 255;
const keptHours = 24;
/** After so long the first request counts as lost, and the next one carries it out. */
export const leaseSeconds = 60;
/** Whether an answer is as if it had never been, as SQL. */
export const forgetAfter = `api_answer.created < now() - interval '${keptHours} hours'`;

/**
 * Lets what was made so long ago be made again, as the start of a statement whose `$1` is the application. Until then it is found by its
 * request key, also after a crash.
 * @param requestKey its placeholder
 */
export const lettingGo = (requestKey: string) => `WITH let_go AS (UPDATE operation SET request_key = NULL
    WHERE application_id = $1 AND request_key = ${requestKey} AND applied < now() - interval '${keptHours} hours')`;

const claim = {
  name: "api-answer-claim",
  text: `${lettingGo("$5")}
    INSERT INTO api_answer (application_id, key_id, idempotency_key, request, lease_until)
    VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => ${leaseSeconds}))
    ON CONFLICT (application_id, key_id, idempotency_key) DO UPDATE SET lease_until = excluded.lease_until, request = excluded.request,
      status = NULL, body = NULL, created = CASE WHEN api_answer.status IS NULL THEN api_answer.created ELSE now() END
    WHERE api_answer.status IS NULL AND api_answer.request = excluded.request AND api_answer.lease_until < clock_timestamp()
      OR ${forgetAfter}
    RETURNING 1`,
};
const read = {
  name: "api-answer-read",
  text: "SELECT request, status, body FROM api_answer WHERE application_id = $1 AND key_id = $2 AND idempotency_key = $3",
};
const keep = {
  name: "api-answer-keep",
  text: "UPDATE api_answer SET status = $4, body = $5 WHERE application_id = $1 AND key_id = $2 AND idempotency_key = $3",
};
const forget = {
  name: "api-answer-forget",
  text: "DELETE FROM api_answer WHERE application_id = $1 AND key_id = $2 AND idempotency_key = $3 AND status IS NULL",
};

/** An answer as it is kept: its status, and its body as it went out. */
export interface KeptAnswer {
  status: number;
  body: string;
}

/** What came with a request that is to be carried out once. */
export interface Repeatable {
  key: ProvenKey;
  header: string;
  /** Method, address and body: another one under the same header is refused. */
  request: string;
}

/** @throws ApiProblem 400 for a header that is empty or too long */
export function checkedHeader(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (header.length >= 1 && header.length <= idempotencyKeyMax) return header;
  throw new ApiProblem(
    400,
    `The header Idempotency-Key has 1 to ${idempotencyKeyMax} characters; this one has ${header.length}.`,
  );
}

/** The same for the same request under the same header of a key, as a UUID: by it commands know what they made. */
export function requestKeyOf({ key, header, request }: Repeatable): string {
  const hex = createHash("sha256").update(`${key.applicationId}:${key.id}:${header}\n`).update(request).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Carries a request out once: later ones get its answer to the byte. What `run` throws is not kept.
 * @throws ApiProblem 422 for another request under the same header; 409 while the first one is being carried out
 */
export async function once(asked: Repeatable, run: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
  const request = createHash("sha256").update(asked.request).digest("base64url");
  const id = [asked.key.applicationId, asked.key.id, asked.header];
  const [mine] = await askQuickly(claim, [...id, request, requestKeyOf(asked)]);
  if (!mine) return earlier(id, request);
  try {
    const answer = await run();
    await keepAnswer(id, answer);
    return answer;
  } catch (error) {
    await askQuickly(forget, id);
    throw error;
  }
}

/** Keeps the answer of what was carried out. @param id of whom it is: application, key, header */
export async function keepAnswer(id: unknown[], { status, body }: KeptAnswer): Promise<void> {
  await askQuickly(keep, [...id, status, body]);
}

async function earlier(id: unknown[], request: string): Promise<KeptAnswer> {
  const kept = await earlierAnswer(id, request);
  return { status: kept.status, body: kept.body };
}

/**
 * What was answered to an earlier request, and to which.
 * @param request where it is known already, the one that it has to be
 * @throws ApiProblem 422 where it was another one; 409 while it is being carried out
 */
export async function earlierAnswer(id: unknown[], request?: string): Promise<KeptAnswer & { request: string }> {
  const [kept] = await askQuickly<{ request: string; status: number | null; body: string | null }>(read, id);
  if (kept && request !== undefined && kept.request !== request)
    throw new ApiProblem(
      422,
      "This Idempotency-Key was used before with another request. Use a new one for a new request.",
    );
  if (!kept || kept.status === null)
    throw new ApiProblem(409, "The first request with this Idempotency-Key is still being carried out.", [], {
      "retry-after": "1",
    });
  return { request: kept.request, status: kept.status, body: kept.body ?? "" };
}

/** Removes answers that are older than a day, a thousand at a time; whether there may be more. */
export async function removeOldAnswers(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  const removed = await db.$executeRaw`
    DELETE FROM api_answer WHERE ctid IN (SELECT ctid FROM api_answer WHERE created < now() - interval '24 hours' LIMIT 1000)`;
  return removed === 1000;
}
