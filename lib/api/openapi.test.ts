import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openPlaces } from "@/lib/testing/open-places";
import { endpoints } from "./endpoints";
import type { Schema } from "./json-schema";
import { openApi } from "./openapi";
import { operationsOf } from "./openapi-types";

const description = openApi();
const operations = operationsOf(description);

// OpenAPI 3.1's own rules for what we use of it; schemas are read by zod, which refuses what it does not know as JSON schema.
const schema = z.record(z.string(), z.unknown());
const media = z.strictObject({ schema, example: z.unknown().optional() });
const content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), media);
const response = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.strictObject({ description: z.string(), schema })).optional(),
  content: content.optional(),
});
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z]\w+$/i),
  tags: z.tuple([z.string()]),
  summary: z.string().min(1).max(120),
  description: z.string(),
  security: z.array(z.record(z.string(), z.tuple([]))).min(1),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(["path", "query", "header"]),
      required: z.boolean(),
      description: z.string().optional(),
      schema,
      example: z.string().optional(),
    }),
  ),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.union([response, z.strictObject({ $ref: z.string().regex(/^#\/components\/responses\/\w+$/) })]),
  ),
});
const document = z.strictObject({
  openapi: z.literal("3.1.1"),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string(), description: z.string() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(
    z.string().startsWith("/"),
    z.partialRecord(z.enum(["get", "put", "post", "delete"]), operation).refine((verbs) => Object.keys(verbs).length),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), schema),
    responses: z.record(z.string().regex(/^\w+$/), response),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(["apiKey", "http"]), description: z.string() })),
  }),
});

/** Every schema of the description, with the words that lead to it. */
function* schemasIn(value: unknown, path: string, inSchema = false): Generator<{ schema: Schema; path: string }> {
  if (typeof value !== "object" || value === null) return;
  if (inSchema && !Array.isArray(value)) yield { schema: value as Schema, path };
  for (const [name, inner] of Object.entries(value)) {
    if (name === "example" || name === "examples" || name === "default") continue;
    const map = ["properties", "schemas"].includes(name);
    if (map) for (const [key, one] of Object.entries(inner)) yield* schemasIn(one, `${path}/${key}`, true);
    else
      yield* schemasIn(inner, `${path}/${name}`, ["schema", "items", "additionalProperties", "anyOf"].includes(name));
  }
}

describe("the description", () => {
  it("is a document of OpenAPI 3.1", () => {
    expect(document.safeParse(description).error?.issues).toBeUndefined();
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  });

  it("has every endpoint once, under its own name", () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(endpoints.map(({ name }) => name).sort());
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it("names every parameter of a path, and nothing else as one", () => {
    for (const { path, parameters } of operations) {
      const named = parameters.filter((one) => one.in === "path").map(({ name }) => name);
      expect(named.sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
    }
  });

  it("refers to schemas and keys that there are", () => {
    const { schemas, securitySchemes } = description.components;
    for (const { schema, path } of schemasIn(description, ""))
      if (schema.$ref !== undefined)
        expect(Object.keys(schemas), path).toContain(schema.$ref.replace("#/components/schemas/", ""));
    for (const { security } of operations)
      for (const one of security.flatMap((any) => Object.keys(any)))
        expect(Object.keys(securitySchemes)).toContain(one);
  });

  it("describes each refusal that a request can meet", () => {
    for (const { responses, verb, requestBody, path } of operations) {
      const expected = [400, 401, 403, 404, 405, 429, 500, 503];
      if (verb !== "get") expected.push(409, 422);
      if (requestBody) expected.push(413, 415);
      expect(Object.keys(responses).map(Number), path).toEqual(expect.arrayContaining(expected));
    }
  });

  it("bounds all that is sent: texts, numbers and lists", () => {
    const unbounded: string[] = [];
    for (const { operationId, parameters, requestBody } of operations)
      for (const { schema, path } of schemasIn({ parameters, requestBody }, operationId)) {
        const types = [schema.type].flat();
        if (types.includes("string") && types.length === 1 && !isBoundedText(schema)) unbounded.push(path);
        if (types.includes("array") && types.length === 1 && schema.maxItems === undefined) unbounded.push(path);
        if (types.includes("number") && types.length === 1 && !isBoundedBelow(schema)) unbounded.push(path);
      }
    expect(unbounded).toEqual([]);
  });

  it("says what a page is where nothing is said of it", () => {
    const paged = operations.flatMap(({ parameters }) => parameters.filter(({ name }) => name === "pageSize"));
    expect(new Set(paged.map(({ schema }) => schema.default))).toEqual(new Set([1000]));
  });

  it("takes no field that it does not name, in bodies and queries, at any depth", () => {
    const open = endpoints.flatMap(({ name, body, query }) =>
      [body, query].flatMap((sent) =>
        sent
          ? openPlaces(z.toJSONSchema(sent, { io: "input", unrepresentable: "any" })).map((at) => `${name} ${at}`)
          : [],
      ),
    );
    expect(open).toEqual([]);
  });

  it("has examples that the endpoints take", () => {
    for (const { name, body, example } of endpoints) {
      if (!body) continue;
      expect(example, `${name} needs an example`).toBeDefined();
      expect(body.safeParse(example).error?.issues, name).toBeUndefined();
    }
  });
});

const isBoundedBelow = ({ minimum, exclusiveMinimum }: Schema) => (minimum ?? exclusiveMinimum) !== undefined;

function isBoundedText({ maxLength, pattern, format, enum: values, const: only, contentMediaType }: Schema): boolean {
  return [maxLength, pattern, format, values, only, contentMediaType].some((bound) => bound !== undefined);
}
