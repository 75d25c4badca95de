import fc from "fast-check";
import type { Schema } from "@/lib/api/json-schema";

/** Values that mean something where a field has their name: ids of what there is, a code, an attribute. */
export type Known = Record<string, readonly unknown[]>;

/** Values of JSON schemas, as a client would send them; those of fields with known values are mostly known ones. */
export function valuesFor(schemas: Record<string, Schema>, known: Known) {
  return function valuesOf(schema: Schema, name = ""): fc.Arbitrary<unknown> {
    const values = known[name];
    const any = anyOf(schema);
    return values?.length ? fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, any) : any;

    function anyOf(one: Schema): fc.Arbitrary<unknown> {
      if (one.$ref !== undefined) return valuesOf(schemas[one.$ref.replace("#/components/schemas/", "")] ?? {}, name);
      if (one.enum) return fc.constantFrom(...one.enum);
      if (one.const !== undefined) return fc.constant(one.const);
      const parts = one.anyOf ?? one.oneOf;
      if (parts) return fc.oneof(...parts.map((part) => anyOf(part as Schema)));
      const types = Array.isArray(one.type) ? one.type : one.type === undefined ? [] : [one.type];
      if (types.length === 0) return fc.jsonValue({ maxDepth: 2 });
      return fc.oneof(...types.map((type) => ofType(type, one)));
    }

    function ofType(type: unknown, one: Schema): fc.Arbitrary<unknown> {
      if (type === "string") return texts(one);
      if (type === "boolean") return fc.boolean();
      if (type === "null") return fc.constant(null);
      if (type === "integer")
        return fc.integer({ min: one.minimum ?? -1000, max: Math.min(one.maximum ?? 1000, 2 ** 31 - 1) });
      if (type === "number")
        return fc.double({
          min: one.minimum ?? -1e6,
          max: one.maximum ?? 1e6,
          noNaN: true,
          minExcluded: one.exclusiveMinimum !== undefined,
        });
      if (type === "array") {
        const { minItems: minLength = 0, maxItems = 5 } = one;
        return fc.array(valuesOf((one.items ?? {}) as Schema, name), {
          minLength,
          maxLength: Math.max(minLength, Math.min(maxItems, 5)),
        });
      }
      return objects(one);
    }

    function objects({ properties = {}, required = [], additionalProperties: more }: Schema): fc.Arbitrary<unknown> {
      const fields = Object.entries(properties).map(([key, inner]) => [key, valuesOf(inner as Schema, key)]);
      const own = fc.record<Record<string, unknown>>(Object.fromEntries(fields), { requiredKeys: required });
      if (typeof more !== "object") return own;
      const others = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), valuesOf(more as Schema), {
        maxKeys: 4,
        noNullPrototype: true,
      });
      return fc.tuple(others, own).map(([rest, named]) => ({ ...rest, ...named }));
    }
  };
}

/** Instants of this age, in the ways that RFC 3339 writes them; ends that lie ahead are as common as those that have passed. */
const instants = fc
  .tuple(
    fc.date({ min: new Date("2001-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }),
    fc.constantFrom("Z", "+00:00", "+05:30", "-08:00"),
  )
  .map(([date, offset]) => (offset === "Z" ? date.toISOString() : `${date.toISOString().slice(0, 19)}${offset}`));

function texts({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === "date-time") return instants;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const most = Math.max(minLength, Math.min(maxLength, 40));
  return fc.oneof(
    fc.string({ unit: "grapheme", minLength, maxLength: most }),
    fc.string({ unit: "grapheme-ascii", minLength, maxLength: most }),
  );
}
