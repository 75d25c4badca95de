import { attributeField, type CodeFieldName, codeFieldNames } from "@/lib/codes/fields";

/** What the log has of a new code: the fields that are set, each with its value as JSON. */
export type Recorded = readonly (readonly [field: string, json: string])[];

/** An instant as PostgreSQL writes it into JSON in UTC: no zeros at the end of the seconds. */
function recordedInstant(instant: Date): string {
  return `"${instant.toISOString().replace(/\.?0*Z$/, "+00:00")}"`;
}

type Attributes = Readonly<Record<string, unknown>>;

const recordedAttributes = new WeakMap<Attributes, Recorded>();

function attributeFields(attributes: Attributes): Recorded {
  const known = recordedAttributes.get(attributes);
  if (known) return known;
  const fields = Object.entries(attributes).map(
    ([name, value]) => [attributeField(name), JSON.stringify(value)] as const,
  );
  recordedAttributes.set(attributes, fields);
  return fields;
}

/**
 * What the operation log will hold of a code: the same as SQL's `recordedFields` of its referral less what is not set, to which a test
 * holds it. Written while a file is read, because then PostgreSQL waits for us.
 * @param code a value or null for each field; what is left out is not set
 */
export function recordedOf(
  code: Partial<Record<CodeFieldName, unknown>> & { attributes?: Attributes | null },
): Recorded {
  const fields = codeFieldNames.flatMap((field) => {
    const value = code[field] ?? null;
    if (value === null) return [];
    return [[field, value instanceof Date ? recordedInstant(value) : JSON.stringify(value)] as const];
  });
  return code.attributes ? [...fields, ...attributeFields(code.attributes)] : fields;
}

/** The same as one JSON object. */
export function recordedText(recorded: Recorded): string {
  return `{${recorded.map(([field, json]) => `${JSON.stringify(field)}:${json}`).join()}}`;
}

/** Finds what all codes that it is shown have alike. */
export class Alike {
  #fields: Map<string, string> | null = null;

  add(recorded: Recorded): void {
    if (!this.#fields) {
      this.#fields = new Map(recorded);
      return;
    }
    for (const [field, json] of this.#fields) {
      if (!recorded.some((own) => own[0] === field && own[1] === json)) this.#fields.delete(field);
    }
  }

  get fields(): Recorded {
    return [...(this.#fields ?? [])];
  }
}
