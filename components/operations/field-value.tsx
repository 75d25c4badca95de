import { attributeValueText } from "@/lib/attributes/text";
import { attributeTitle, attributeType, type Reading } from "@/lib/attributes/titles";
import { formatBound, formatExact } from "@/lib/format";
import { type FieldValues, fieldLabels } from "@/lib/operations/rules";
import { unlimited, unsetWord } from "@/lib/words";
import type { Bound } from "@/lib/zone";

const attributePrefix = "attributes.";

/** The name that people know a logged field by; an attribute's is its title. */
export function fieldLabel(field: string, { attributes }: Pick<Reading, "attributes">): string {
  return field.startsWith(attributePrefix)
    ? attributeTitle(attributes, field.slice(attributePrefix.length))
    : (fieldLabels[field] ?? field);
}

/** Logged fields in the order in which forms show them; attributes that are not defined any more come last. */
export function inFormOrder(fields: string[], { attributes }: Pick<Reading, "attributes">): string[] {
  const order = [...Object.keys(fieldLabels), ...attributes.map(({ name }) => attributePrefix + name)];
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length);
  return fields.toSorted((one, other) => place(one) - place(other));
}

const bounds: Record<string, Bound> = {
  validFrom: "start",
  valid_from: "start",
  validUntil: "end",
  valid_until: "end",
};

/** A logged value as people read it. */
export function fieldValueText(field: string, value: unknown, { timeZone, attributes }: Reading): string {
  if (value === null || value === undefined) return unsetWord(field);
  if (field.startsWith(attributePrefix))
    return attributeValueText(value, attributeType(attributes, field.slice(attributePrefix.length)), timeZone);
  if ((field === "usageLimit" || field === "usage_limit") && value === 0) return unlimited;
  const bound = bounds[field];
  if (bound) {
    const instant = new Date(String(value));
    return Number.isNaN(instant.getTime()) ? String(value) : formatBound(instant, timeZone, bound);
  }
  if (typeof value === "number") return formatExact(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** One field's way from a value to another: "1 → 5". */
function FieldStep({
  field,
  before,
  after,
  reading,
}: {
  field: string;
  before: unknown;
  after: unknown;
  reading: Reading;
}) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      <span className="text-mute">{fieldLabel(field, reading)}</span>
      <span className="num text-mute line-through decoration-faint [overflow-wrap:anywhere]">
        {fieldValueText(field, before, reading)}
      </span>
      <span aria-hidden="true" className="text-faint">
        →
      </span>
      <span className="sr-only">becomes</span>
      <span className="num [overflow-wrap:anywhere]">{fieldValueText(field, after, reading)}</span>
    </span>
  );
}

/** Every field a recorded change touched, from old to new. A new or deleted code shows nothing here. */
export function FieldSteps({
  before,
  after,
  reading,
}: {
  before: FieldValues | null;
  after: FieldValues | null;
  reading: Reading;
}) {
  if (!before || !after) return null;
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-0.5 py-1 whitespace-normal">
      {inFormOrder(Object.keys(after), reading).map((field) => (
        <FieldStep key={field} field={field} before={before[field]} after={after[field]} reading={reading} />
      ))}
    </span>
  );
}
