import { z } from "zod";

/** A JSON schema, as OpenAPI 3.1 takes it. */
export type Schema = z.core.JSONSchema.BaseSchema;

/**
 * Makes JSON schemas of zod's. Those that have an `id` are put into `components`, once, and referred to.
 * @throws Error when two different ones have the same id
 */
export function schemasInto(components: Record<string, Schema>) {
  return (schema: z.ZodType, io: "input" | "output"): Schema => {
    const made = z.toJSONSchema(schema, {
      io,
      unrepresentable: "any",
      override: ({ jsonSchema, zodSchema }) => {
        tidy(jsonSchema, io);
        // left out by zod where a text becomes something else, because it would be one of that
        const unlessGiven = z.globalRegistry.get(zodSchema)?.default;
        if (unlessGiven !== undefined) jsonSchema.default = unlessGiven as Schema["default"];
      },
    });
    const { $schema, $defs = {}, ...root } = referring(made);
    for (const [id, named] of Object.entries($defs)) {
      const same = JSON.stringify(components[id] ?? named) === JSON.stringify(named);
      if (!same) throw new Error(`Two different models have the id ${id}`);
      components[id] = named;
    }
    return root;
  };
}

function referring(schema: Schema): Schema & { $defs?: Record<string, Schema> } {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/'));
}

/** Leaves out what says nothing, and what says of a query's text what its type says better. */
function tidy(schema: Schema, io: "input" | "output"): void {
  if (schema.type === "integer") {
    if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
    if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
    if (typeof schema.exclusiveMinimum === "number") {
      schema.minimum = schema.exclusiveMinimum + 1;
      delete schema.exclusiveMinimum;
    }
  }
  if (schema.format !== undefined || (schema.type !== undefined && schema.type !== "string")) delete schema.pattern;
  if (schema.type === "boolean") delete schema.enum;
  if (JSON.stringify(schema.propertyNames) === '{"type":"string"}') delete schema.propertyNames;
  // A client that refuses fields it does not know would break when an answer gets another one.
  if (io === "output" && schema.additionalProperties === false) delete schema.additionalProperties;
}
