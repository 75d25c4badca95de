/** A field of a code that operations set, record and take back; attributes are fields too, by `attributes.<name>`. */
interface CodeField {
  /** Its column of `referral`. */
  column: string;
  /** What it holds, as SQL names it. */
  type: "int" | "timestamptz" | "text";
  /** What people call it. */
  label: string;
  /** What stands where it is not set; a number is always set. */
  unset?: string;
  /** Which end of the validity a date is. */
  bound?: "start" | "end";
}

/** The fields by their names in the log, in the order of forms. A field more is an entry here, its instruction and a column. */
export const codeFields = {
  usageLimit: { column: "usage_limit", type: "int", label: "Redemption limit" },
  validFrom: { column: "valid_from", type: "timestamptz", label: "Valid from", unset: "no start", bound: "start" },
  validUntil: { column: "valid_until", type: "timestamptz", label: "Valid until", unset: "no end", bound: "end" },
  friendIntegrationId: {
    column: "friend_integration_id",
    type: "text",
    label: "Friend's Integration ID",
    unset: "anyone",
  },
} as const satisfies Record<string, CodeField>;

export type CodeFieldName = keyof typeof codeFields;

export const codeFieldNames = Object.keys(codeFields) as CodeFieldName[];

/** What is known of a field by its name in the log or, in the record of a deletion, by its column. */
export function codeField(name: string): CodeField | undefined {
  return (
    (codeFields as Record<string, CodeField>)[name] ?? Object.values(codeFields).find(({ column }) => column === name)
  );
}

const attributePrefix = "attributes." as const;

/** The log's name of an attribute. */
export function attributeField(name: string): `${typeof attributePrefix}${string}` {
  return `${attributePrefix}${name}`;
}

/** The attribute that a name of the log means; null for another field. */
export function attributeOf(field: string): string | null {
  return field.startsWith(attributePrefix) ? field.slice(attributePrefix.length) : null;
}
