import type { z } from "zod";
import { withBase } from "@/lib/base-path";
import type { KeyKind } from "@/lib/keys/rules";
import type { Endpoint } from "./endpoint";
import { endpoints } from "./endpoints";
import { idempotencyKeyMax } from "./idempotency";
import { type Schema, schemasInto } from "./json-schema";
import { codedErrorModel } from "./models/error";
import type { OpenApi, Operation, Parameter, Reference, ResponseOf, SecurityScheme, Verb } from "./openapi-types";
import { type Refusal, refusalsOf } from "./refusals";

const about = `What shops' programs ask of Referrals, as Talon.One's clients ask it.

- Every request has a key in the header \`Authorization\`. A key belongs to one application and reaches nothing else.
- Instants are RFC 3339 with an offset, such as \`2030-01-31T09:05:27.993Z\`; answers are in UTC, to the millisecond.
- What is not described is refused, in bodies and in queries: a misspelt name would otherwise be lost without a word.
- Fields without a value are left out of answers. Answers get further fields in time: ignore those you do not know.
- A refusal has a \`message\`, and \`errors\` with the place of each.`;

const securitySchemes: Record<string, SecurityScheme> = {
  integration: {
    type: "apiKey",
    in: "header",
    name: "Authorization",
    description: "`ApiKey-v1 <key>`, with an integration key of the application.",
  },
  management: {
    type: "apiKey",
    in: "header",
    name: "Authorization",
    description: "`ManagementKey-v1 <key>`, with a management key of the application.",
  },
  managementBearer: {
    type: "http",
    scheme: "bearer",
    description: "The same management key, as clients send it that know no other word.",
  },
};
const securityOf: Record<KeyKind, Operation["security"]> = {
  integration: [{ integration: [] }],
  management: [{ management: [] }, { managementBearer: [] }],
};

const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Carries the request out once: whoever sends it again with the same header within 24 hours gets the first answer.",
  schema: { type: "string", minLength: 1, maxLength: idempotencyKeyMax },
};

/** Makes schemas, and keeps the responses that operations share. */
interface Made {
  convert: ReturnType<typeof schemasInto>;
  responses: Record<string, ResponseOf>;
}

/** The OpenAPI 3.1 description of endpoints: all that it says follows from theirs. */
export function describeApi(all: readonly Endpoint[]): OpenApi {
  const schemas: Record<string, Schema> = {};
  const made: Made = { convert: schemasInto(schemas), responses: {} };
  const paths: OpenApi["paths"] = {};
  for (const one of all) {
    paths[one.path] ??= {};
    Object.assign(paths[one.path] ?? {}, { [one.method.toLowerCase() as Verb]: operationOf(one, made) });
  }
  return {
    openapi: "3.1.1",
    info: { title: "Referrals API", version: "1", description: about },
    servers: [{ url: withBase("/"), description: "The server that this description came from." }],
    tags: [...new Set(all.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas, responses: made.responses, securitySchemes },
  };
}

function operationOf(one: Endpoint, made: Made): Operation {
  const { convert } = made;
  const allowed = `Takes ${one.key === "integration" ? "an integration" : "a management"} key that is allowed \`${one.permission}\`.`;
  const requestBody = bodyOf(one, convert);
  return {
    operationId: one.name,
    tags: [one.tag],
    summary: one.summary,
    description: [one.description, allowed].filter(Boolean).join("\n\n"),
    security: securityOf[one.key],
    parameters: [
      ...parametersIn("path", one.params, convert),
      ...parametersIn("query", one.query, convert).map((parameter) => withExample(parameter, one.exampleQuery)),
      ...(one.method === "GET" ? [] : [idempotencyKey]),
    ],
    ...(requestBody && { requestBody }),
    responses: {
      ...Object.fromEntries(Object.keys(one.answers).map((status) => [status, answerOf(one, Number(status), convert)])),
      ...Object.fromEntries(refusalsOf(one).map((refusal) => [refusal.status, refusalOf(refusal, made)])),
    },
  };
}

function parametersIn(place: "path" | "query", schema: z.ZodType | undefined, convert: Made["convert"]): Parameter[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = convert(schema, "input");
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...own } = property as Schema;
    return {
      name,
      in: place,
      required: place === "path" || required.includes(name),
      ...(description !== undefined && { description }),
      schema: own,
    };
  });
}

function withExample(parameter: Parameter, samples: Endpoint["exampleQuery"] = {}): Parameter {
  const example = samples[parameter.name];
  return example === undefined ? parameter : { ...parameter, example };
}

function bodyOf({ body, upload, example }: Endpoint, convert: Made["convert"]): Operation["requestBody"] {
  if (upload !== undefined) {
    const file: Schema = { type: "string", contentMediaType: "text/csv", description: "The file." };
    const schema: Schema = { type: "object", properties: { [upload.field]: file }, required: [upload.field] };
    return { required: true, content: { "multipart/form-data": { schema } } };
  }
  if (!body) return undefined;
  const media = { schema: convert(body, "input"), ...(example !== undefined && { example }) };
  return { required: true, content: { "application/json": media } };
}

function answerOf(one: Endpoint, status: number, convert: Made["convert"]): ResponseOf {
  const { description = "", body, file } = one.answers[status] ?? {};
  if (file !== undefined) return { description, content: { [file]: { schema: { type: "string" } } } };
  if (!body) return { description };
  return { description, content: { "application/json": { schema: convert(body, "output") } } };
}

const seconds: Schema = { type: "integer", minimum: 1 };
const refusalHeaders: Partial<Record<number, ResponseOf["headers"]>> = {
  405: { Allow: { description: "The methods that the address answers.", schema: { type: "string" } } },
  429: { "Retry-After": { description: "Seconds to wait.", schema: seconds } },
  503: { "Retry-After": { description: "Seconds to wait.", schema: seconds } },
};

/** A refusal; one that says nothing of this endpoint alone stands among the components. */
function refusalOf({ status, reason, own, model }: Refusal, { convert, responses }: Made): ResponseOf | Reference {
  const headers = refusalHeaders[status];
  const response: ResponseOf = {
    description: own === undefined ? reason : `${reason} Here also: ${own}.`,
    ...(headers && { headers }),
    content: { "application/json": { schema: convert(model, "output") } },
  };
  if (own !== undefined) return response;
  const name = `Refused${status}${status === 400 && model === codedErrorModel ? "WithStatusCode" : ""}`;
  responses[name] = response;
  return { $ref: `#/components/responses/${name}` };
}

let described: OpenApi | undefined;

/** The description of our API; made when it is first asked for. */
export function openApi(): OpenApi {
  described ??= describeApi(endpoints);
  return described;
}
