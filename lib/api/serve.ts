import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { admit } from "@/lib/access/scope";
import { withBase } from "@/lib/base-path";
import { DomainError } from "@/lib/errors";
import { endLast } from "@/lib/last-answer";
import { actorOf, assertAllowed, holdRate, keyOf } from "./authorize";
import { readJson } from "./body";
import type { Endpoint, Method, Reply } from "./endpoint";
import { endpoints } from "./endpoints";
import { checkedHeader, type KeptAnswer, once, requestKeyOf } from "./idempotency";
import { onceWithFile } from "./idempotent-file";
import { openApi } from "./openapi";
import { ApiProblem, fieldErrors, problemOfApi } from "./problems";
import { isCoded } from "./refusals";
import { router } from "./router";
import { type OpenFile, uploadedFile } from "./upload";

const find = router(endpoints);
const nothing = z.strictObject({});

const json = { "content-type": "application/json; charset=utf-8" };
const always = {
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/** Answers a request to the API, whatever it is; never throws. */
export async function serveApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let endpoint: Endpoint | undefined;
  try {
    if (isDescription(request.url)) return write(request, response, described(request));
    const found = foundOf(request);
    endpoint = found.endpoint;
    const reply = await answered(request, response, found);
    if (reply) write(request, response, reply);
  } catch (error) {
    if (response.headersSent || response.destroyed) return void response.destroy();
    const problem = problemOfApi(error, endpoint?.pointers);
    write(request, response, { status: problem.status, body: bodyOf(problem, endpoint) }, problem.headers);
  }
}

/** Whether an address is that of the description, which needs no key. */
function isDescription(url = ""): boolean {
  return url === "/openapi.json" || url.startsWith("/openapi.json?");
}

function described({ method = "" }: IncomingMessage): KeptAnswer {
  if (method === "GET" || method === "HEAD") return { status: 200, body: JSON.stringify(openApi(), null, 2) };
  throw new ApiProblem(405, `${method.slice(0, 20)} is not answered here; GET is.`, [], { allow: "GET" });
}

interface Asked {
  endpoint: Endpoint;
  params: Record<string, string>;
  query: URLSearchParams;
}

function foundOf({ method = "", url = "" }: IncomingMessage): Asked {
  const [path = "", search = ""] = splitOnce(url, "?");
  let found: ReturnType<typeof find>;
  try {
    found = find(path);
  } catch {
    throw new ApiProblem(400, "This address cannot be read: a % in it stands for nothing.");
  }
  if (!found)
    throw new ApiProblem(404, `There is no such address in the API. ${withBase("/docs")} lists all there are.`);
  const endpoint = found.methods.get((method === "HEAD" ? "GET" : method) as Method);
  if (!endpoint) {
    const allowed = [...found.methods.keys()].join(", ");
    throw new ApiProblem(405, `${method.slice(0, 20)} is not answered here; ${allowed} is.`, [], { allow: allowed });
  }
  return { endpoint, params: found.params, query: new URLSearchParams(search) };
}

function splitOnce(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** Key, permission, rate, path, query, body, and what came of it; null where a file was sent. */
async function answered(request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<KeptAnswer | null> {
  const { endpoint } = asked;
  const key = await keyOf(request, endpoint);
  await holdRate(key);
  const actor = actorOf(key, request);
  await assertAllowed(key, actor, endpoint, asked.params.applicationId);
  const params = parsed(endpoint.params ?? z.object({}), asked.params, "path");
  const query = parsed(endpoint.query ?? nothing, queryOf(asked.query), "query");
  const read = endpoint.body && (await readJson(request));
  const body = endpoint.body && parsed(endpoint.body, read?.value, "body");
  const header =
    endpoint.method === "GET" ? null : checkedHeader(request.headers["idempotency-key"] as string | undefined);
  const place = { applicationId: key.applicationId, ...campaignOf(params) };
  const { upload } = endpoint;
  const open: OpenFile = () => uploadedFile(request, upload?.field ?? "", upload?.bytesMax ?? 0);
  const run = async (file: OpenFile, requestKey: () => string): Promise<KeptAnswer | null> => {
    const reply = await endpoint.run({
      scope: admit(actor, place, endpoint.permission),
      inCampaign: (campaignId: number) =>
        admit(actor, { applicationId: key.applicationId, campaignId }, endpoint.permission),
      actor,
      params,
      query,
      body,
      requestKey,
      request,
      file,
      untilGone: () => closing(response),
    });
    if (!("send" in reply)) return kept(endpoint, reply);
    response.writeHead(reply.status, { ...always, ...reply.headers });
    await reply.send(response);
    return null;
  };
  if (header === null) {
    const own = randomUUID();
    return run(open, () => own);
  }
  const refusable = async (file: OpenFile, requestKey: () => string): Promise<KeptAnswer> => {
    try {
      return (await run(file, requestKey)) ?? { status: 200, body: "" };
    } catch (error) {
      const problem = problemOfApi(error, endpoint.pointers);
      // it may be another one the next time
      if (problem.status >= 500 || problem.status === 429 || isBusy(error)) throw problem;
      return { status: problem.status, body: JSON.stringify(bodyOf(problem, endpoint)) };
    }
  };
  const named = `${request.method} ${request.url}\n`;
  if (upload) return onceWithFile({ key, header, request: named }, open, refusable);
  const repeatable = { key, header, request: `${named}${read?.text ?? ""}` };
  return once(repeatable, () => refusable(open, () => requestKeyOf(repeatable)));
}

/** Whether a request was refused only for what others do at the moment. */
const isBusy = (error: unknown) => error instanceof DomainError && error.reason.reason === "session_busy";

function closing(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}

function campaignOf(params: unknown): { campaignId?: number } {
  const { campaignId } = params as { campaignId?: number };
  return campaignId === undefined ? {} : { campaignId };
}

function parsed(schema: z.ZodType, value: unknown, where: "body" | "query" | "path"): unknown {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const errors = fieldErrors(error.issues, where);
  if (where === "path") throw new ApiProblem(404, `There is no such thing: ${errors[0]?.details ?? ""}`, errors);
  const [first] = errors;
  const at = first && (first.source.pointer || first.source.parameter);
  throw new ApiProblem(
    400,
    `${at ? `${at}: ` : ""}${first?.details ?? `The ${where} is not as it has to be.`}`,
    errors,
  );
}

/**
 * A query as an object; what is named twice is a list, which no schema takes.
 * @throws ApiProblem 400 for what the database cannot hold
 */
function queryOf(search: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    if (`${name}${values.join("")}`.includes("\u0000"))
      throw new ApiProblem(400, "The query holds a NUL character; remove it.", [
        { title: "Invalid value", details: "This text holds a NUL character.", source: { parameter: name } },
      ]);
    query[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return query;
}

function kept(endpoint: Endpoint, { status, body }: { status: number; body?: unknown }): KeptAnswer {
  if (process.env.API_CHECK_ANSWERS === "1") assertDescribed(endpoint, status, body);
  return { status, body: body === undefined ? "" : JSON.stringify(body) };
}

/** In tests: an answer is as the description says, or the request fails. */
function assertDescribed(endpoint: Endpoint, status: number, body: unknown): void {
  const described = endpoint.answers[status];
  if (!described) throw new Error(`${endpoint.name} answered ${status}, which it does not describe`);
  const sent = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  if (described.body) described.body.parse(sent);
  else if (sent !== undefined) throw new Error(`${endpoint.name} answered ${status} with a body it does not describe`);
}

function bodyOf({ status, message, errors }: ApiProblem, endpoint: Endpoint | undefined) {
  return {
    message,
    ...((errors.length > 0 || status === 409) && { errors }),
    ...(isCoded(status, endpoint) && { StatusCode: status }),
  };
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: KeptAnswer | Extract<Reply, { body?: unknown }>,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
  const empty = text === "" || status === 204;
  // A body that nobody reads would keep the connection; without it the client sends on.
  const last = headers.connection === "close" || (!request.complete && request.method !== "GET");
  response.writeHead(status, {
    ...always,
    ...(!empty && json),
    ...(status !== 204 && { "content-length": empty ? 0 : Buffer.byteLength(text) }),
    ...headers,
    ...(last && { connection: "close" }),
  });
  const sent = empty || request.method === "HEAD" ? "" : text;
  if (!last) return void response.end(sent);
  if (sent === "") response.flushHeaders();
  else response.write(sent);
  endLast(request, response, () => response.end());
}
