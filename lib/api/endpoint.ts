import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permissions";
import type { Admitted, ApplicationIds, CampaignIds } from "@/lib/access/scope";
import type { KeyKind } from "@/lib/keys/rules";
import type { OpenFile } from "./upload";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What an endpoint answers when all went well: nothing, JSON of a schema, or a file of a content type that is streamed. */
export type Answers = Record<number, { description: string; body?: z.ZodType; file?: string }>;

/** Where an endpoint acts, by its path: in a campaign that it names, else in the key's application. */
type PlaceOf<Path extends string> = Path extends `${string}{campaignId}${string}` ? CampaignIds : ApplicationIds;

/** A request that was let in and is well formed. */
export interface Call<P extends Permission, Place extends ApplicationIds, Params, Query, Body> {
  scope: Admitted<P, Place>;
  /** The same in a campaign that the body names; whether there is one is for the command to find out. */
  inCampaign(campaignId: number): Admitted<P, CampaignIds>;
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  /** The same for the same request under the same Idempotency-Key of a key, else a new one; of a file once it was read. */
  requestKey(): string;
  /** The request itself, for those that look at its method. */
  request: IncomingMessage;
  /** The file of the request's form, for those that take one. */
  file: OpenFile;
  /** A signal that aborts when whoever asked is gone. */
  untilGone(): AbortSignal;
}

/** What a call comes to: a status of the endpoint's answers with its body, or a file that writes itself. */
export type Reply =
  | { status: number; body?: unknown }
  | { status: number; headers: Record<string, string>; send(response: ServerResponse): Promise<void> };

interface Description<Path extends string, P extends Permission, Params, Query, Body> {
  /** The operation's name in the SDKs and in OpenAPI. */
  name: string;
  method: Method;
  /** With `{applicationId}`, `{campaignId}` and others of `params` in braces. */
  path: Path;
  key: KeyKind;
  permission: P;
  /** One line, and what else there is to know, in Markdown. */
  summary: string;
  description?: string;
  tag: string;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  /** A JSON body of this schema. Without it a body is not read. */
  body?: z.ZodType<Body>;
  /** The field of a multipart form that holds a file, and how many bytes that may have; `run` reads it. */
  upload?: { field: string; bytesMax: number };
  answers: Answers;
  /** Which refusals there are beyond those of every endpoint, and when. */
  refusals?: Partial<Record<400 | 403 | 404 | 409 | 413 | 503, string>>;
  /** Whether its 400 carries `StatusCode`, as in the published description. */
  withStatusCode?: boolean;
  /** An example body, for the documentation. */
  example?: unknown;
  /** What examples send in the query beside what is required. */
  exampleQuery?: Record<string, string>;
  /** What fields of ours are called in its bodies, as JSON pointers; for refusals of commands. */
  pointers?: Record<string, string>;
  run(call: Call<P, PlaceOf<Path>, Params, Query, Body>): Promise<Reply>;
}

/** A description whose types are forgotten, as the server, the documentation and the tests use it. */
export type Endpoint = Omit<Description<string, Permission, unknown, unknown, unknown>, "run"> & {
  run(call: unknown): Promise<Reply>;
};

/**
 * Describes an endpoint of the API. The server, `/openapi.json`, `/docs` and the tests are made of this description alone; what it
 * says is done before `run`: key, permission, rate, path, query, body, Idempotency-Key.
 */
export function endpoint<
  const Path extends string,
  P extends Permission,
  Params = Record<string, never>,
  Query = Record<string, never>,
  Body = undefined,
>(description: Description<Path, P, Params, Query, Body>): Endpoint {
  return description as unknown as Endpoint;
}
