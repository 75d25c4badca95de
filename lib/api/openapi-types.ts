import type { KeyKind } from "@/lib/keys/rules";
import type { Schema } from "./json-schema";

/** As much of OpenAPI 3.1 as our description uses. */
export interface OpenApi {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string; description: string }[];
  tags: { name: string }[];
  paths: Record<string, Partial<Record<Verb, Operation>>>;
  components: {
    schemas: Record<string, Schema>;
    /** What operations are refused alike. */
    responses: Record<string, ResponseOf>;
    securitySchemes: Record<string, SecurityScheme>;
  };
}

export type Verb = "get" | "post" | "put" | "delete";

export type SecurityScheme = { description: string } & (
  | { type: "apiKey"; in: "header"; name: string }
  | { type: "http"; scheme: "bearer" }
);

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: true; content: Record<string, Media> };
  responses: Record<string, ResponseOf | Reference>;
}

/** A response that is described among the components. */
export interface Reference {
  $ref: string;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: Schema;
  /** What stands for it in examples, where it need not be sent. */
  example?: string;
}

export interface Media {
  schema: Schema;
  example?: unknown;
}

export interface ResponseOf {
  description: string;
  headers?: Record<string, { description: string; schema: Schema }>;
  content?: Record<string, Media>;
}

/** An operation with its address and all of its responses, as it is listed. */
export interface Listed extends Operation {
  verb: Verb;
  path: string;
  responses: Record<string, ResponseOf>;
  /** The statuses of those that are the same for others. */
  shared: string[];
}

/** All operations of a description, in its order of tags. */
export function operationsOf({ paths, tags, components }: OpenApi): Listed[] {
  const all = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]): Listed => {
      const responses: Record<string, ResponseOf> = {};
      const shared: string[] = [];
      for (const [status, response] of Object.entries(operation.responses)) {
        const common = "$ref" in response ? components.responses[response.$ref.split("/").at(-1) ?? ""] : undefined;
        if (common) shared.push(status);
        if (common) responses[status] = common;
        else if ("description" in response) responses[status] = response;
      }
      return { ...operation, responses, shared, path, verb: verb as Verb };
    }),
  );
  return tags.flatMap(({ name }) => all.filter((operation) => operation.tags[0] === name));
}

/** Which kind of key an operation takes. */
export function keyKindOf({ security }: Pick<Operation, "security">): KeyKind {
  return security.some((one) => one.integration) ? "integration" : "management";
}

/** The content type of an operation's body, its schema and its example; undefined where it has none. */
export function bodyOf({ requestBody }: Pick<Operation, "requestBody">): (Media & { type: string }) | undefined {
  const [entry] = Object.entries(requestBody?.content ?? {});
  return entry && { type: entry[0], ...entry[1] };
}
