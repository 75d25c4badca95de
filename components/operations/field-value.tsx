import { attributeValueText } from "@/lib/attributes/text";
import { attributeTitle, attributeType, type Reading } from "@/lib/attributes/titles";
import { attributeField, attributeOf, codeField, codeFieldNames, codeFields } from "@/lib/codes/fields";
import { formatBound, formatBytes, formatCount, formatExact } from "@/lib/format";
import type { FieldValues } from "@/lib/operations/rules";
import { shortened } from "@/lib/shortened";
import { unlimited, unsetWord } from "@/lib/words";

// What the log holds beside the fields that can be edited; a deletion's record holds whole rows, by their columns.
const otherLabels: Record<string, string> = {
  usageCounter: "Redemptions",
  usage_counter: "Redemptions",
  attributes: "Attributes",
};

/** The name that people know a logged field by; an attribute's is its title. */
export function fieldLabel(field: string, { attributes }: Pick<Reading, "attributes">): string {
  const attribute = attributeOf(field);
  if (attribute !== null) return attributeTitle(attributes, attribute);
  return codeField(field)?.label ?? otherLabels[field] ?? field;
}

/** Logged fields in the order in which forms show them; attributes that are not defined any more come last. */
export function inFormOrder(fields: string[], { attributes }: Pick<Reading, "attributes">): string[] {
  const order: string[] = [...codeFieldNames, ...attributes.map(({ name }) => attributeField(name))];
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length);
  return fields.toSorted((one, other) => place(one) - place(other));
}

/** A logged value as people read it, as much of it as tables have room for: a text attribute alone may have 10,000 characters. */
export function fieldValueText(field: string, value: unknown, reading: Reading): string {
  return shortened(wholeText(field, value, reading), 300);
}

function wholeText(field: string, value: unknown, { timeZone, attributes }: Reading): string {
  if (value === null || value === undefined) return unsetWord(field);
  const attribute = attributeOf(field);
  if (attribute !== null) return attributeValueText(value, attributeType(attributes, attribute), timeZone);
  const known = codeField(field);
  if (known === codeFields.usageLimit && value === 0) return unlimited;
  const bound = known?.bound;
  if (bound) {
    const instant = new Date(String(value));
    return Number.isNaN(instant.getTime()) ? String(value) : formatBound(instant, timeZone, bound);
  }
  if (typeof value === "number") return field === "attributes" ? formatBytes(value) : formatExact(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

// What a change may take of a page that lists fifty, in characters; a field's own markup counts as a hundred.
const [changeRoom, fieldRoom] = [1_500, 100];

/** As many of a change's fields as there is room for, at least one, by their texts; `more` is how many others it has. */
export function fittingFields<Shown extends { texts: readonly string[] }>(
  all: Shown[],
): { shown: Shown[]; more: number } {
  let left = changeRoom;
  const shown = all.filter(({ texts }, index) => {
    left -= fieldRoom + texts.join("").length;
    return left >= 0 || index === 0;
  });
  return { shown, more: all.length - shown.length };
}

/** Says how many fields of a change are not shown; nothing where all are. */
export function MoreFields({ more }: { more: number }) {
  return more > 0 && <span className="text-mute">and {formatCount(more, "more field")}</span>;
}

/** One field's way from a value to another: "1 → 5". */
function FieldStep({ label, before, after }: { label: string; before: string; after: string }) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      <span className="text-mute">{label}</span>
      <span className="num text-mute line-through decoration-faint [overflow-wrap:anywhere]">{before}</span>
      <span aria-hidden="true" className="text-faint">
        →
      </span>
      <span className="sr-only">becomes</span>
      <span className="num [overflow-wrap:anywhere]">{after}</span>
    </span>
  );
}

/** The fields a recorded change touched, from old to new, as many as fit. A new or deleted code shows nothing here. */
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
  const steps = inFormOrder(Object.keys(after), reading).map((field) => ({
    field,
    texts: [fieldValueText(field, before[field], reading), fieldValueText(field, after[field], reading)] as const,
  }));
  const { shown, more } = fittingFields(steps);
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-0.5 py-1 whitespace-normal">
      {shown.map(({ field, texts: [old, now] }) => (
        <FieldStep key={field} label={fieldLabel(field, reading)} before={old} after={now} />
      ))}
      <MoreFields more={more} />
    </span>
  );
}
