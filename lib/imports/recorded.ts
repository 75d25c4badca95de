import type { AttributeValues } from "@/lib/attributes/rules";
import { type CodeFieldName, codeFieldNames } from "@/lib/codes/fields";
import type { ImportedReferral } from "@/lib/referrals/csv";

/** An instant as PostgreSQL writes it into JSON in UTC: no zeros at the end of the seconds. */
function recordedInstant(instant: Date): string {
  return `"${instant.toISOString().replace(/\.?0*Z$/, "+00:00")}"`;
}

const recordedAttributes = new WeakMap<AttributeValues, string>();

function attributeFields(attributes: AttributeValues): string {
  const known = recordedAttributes.get(attributes);
  if (known !== undefined) return known;
  const fields = Object.entries(attributes).map(([name, value]) => `,"attributes.${name}":${JSON.stringify(value)}`);
  recordedAttributes.set(attributes, fields.join(""));
  return fields.join("");
}

/**
 * What the operation log will hold of a row without problems, as JSON: the same as SQL's `recordedFields` of its referral,
 * to which a test holds it. Written while the file is read, because then PostgreSQL waits for us.
 */
export function recordedRow(row: ImportedReferral): string {
  const values: Partial<Record<CodeFieldName, unknown>> = row;
  const fields = codeFieldNames.map((field) => {
    const value = values[field] ?? null; // what a file cannot set is not set
    return `"${field}":${value instanceof Date ? recordedInstant(value) : JSON.stringify(value)}`;
  });
  return `{${fields.join()}${attributeFields(row.attributes ?? {})}}`;
}
