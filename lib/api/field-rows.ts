import type { Schema } from "./json-schema";

/** A field as the documentation shows it. */
export interface FieldRow {
  /** With the fields that it is in: `customerSession.cartItems[].sku`. */
  name: string;
  type: string;
  /** The model that the field is one of, or a list of. */
  model?: string;
  required: boolean;
  bounds: string;
  description: string;
}

/** The fields of an object, each followed by those in it; models are named and not opened. */
export function fieldRows(schema: Schema, before = ""): FieldRow[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([key, value]) => {
    const name = `${before}${key}`;
    return [fieldRow(name, value as Schema, required.includes(key)), ...inner(name, value as Schema)];
  });
}

/** One field, or a parameter. */
export function fieldRow(name: string, schema: Schema, required: boolean): FieldRow {
  const model = modelOf(schema);
  return {
    ...{ name, required, type: typeOf(schema), bounds: boundsOf(schema).join("; ") },
    ...(model !== undefined && { model }),
    description: schema.description ?? "",
  };
}

function inner(name: string, schema: Schema): FieldRow[] {
  if (schema.anyOf) return schema.anyOf.flatMap((one) => inner(name, one as Schema));
  if (schema.type === "array") return inner(`${name}[]`, (schema.items ?? {}) as Schema);
  const more = schema.additionalProperties;
  const entries = typeof more === "object" && schema.properties === undefined ? inner(`${name}.*`, more as Schema) : [];
  return [...fieldRows(schema, `${name}.`), ...entries];
}

/** The name of the model that a schema refers to, itself or as a list. */
export function modelOf(schema: Schema): string | undefined {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1);
  const part = schema.type === "array" ? schema.items : schema.anyOf?.[0];
  return part ? modelOf(part as Schema) : undefined;
}

const words: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "object",
  null: "null",
  array: "list",
};

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return modelOf(schema) ?? "";
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one as Schema)).join(" or ");
  if (Array.isArray(schema.type)) return schema.type.map((one) => words[one] ?? one).join(", ");
  if (schema.type === "array") return `list of ${typeOf((schema.items ?? {}) as Schema)}`;
  if (schema.format === "date-time") return "instant";
  return schema.type === undefined ? "anything" : (words[schema.type] ?? schema.type);
}

const figure = (value: number) => value.toLocaleString("en-GB");

function range(least: number | undefined, most: number | undefined, unit: string): string[] {
  const end = unit === "" ? "" : ` ${unit}`;
  if (least !== undefined && most !== undefined) return [`${figure(least)} to ${figure(most)}${end}`];
  if (most !== undefined) return [`up to ${figure(most)}${end}`];
  return least !== undefined ? [`${figure(least)}${end} or more`] : [];
}

/** What a value has to be, in words. */
function boundsOf(schema: Schema): string[] {
  const parts = schema.anyOf ?? [];
  return [
    ...parts.flatMap((one) => boundsOf(one as Schema)),
    ...(schema.enum ? [`one of ${schema.enum.join(", ")}`] : []),
    ...range(schema.minimum, schema.maximum, ""),
    ...(schema.exclusiveMinimum !== undefined ? [`more than ${schema.exclusiveMinimum}`] : []),
    ...range(schema.minLength || undefined, schema.maxLength, "characters"),
    ...range(schema.minItems, schema.maxItems, "entries"),
    ...range(undefined, schema.maxProperties, "entries"),
    ...(schema.pattern !== undefined ? [`matches ${schema.pattern}`] : []),
    ...(schema.default !== undefined ? [`${JSON.stringify(schema.default)} unless it is given`] : []),
  ];
}
