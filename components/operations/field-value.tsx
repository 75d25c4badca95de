import { formatBound, formatExact } from "@/lib/format";
import type { FieldValues } from "@/lib/operations/rules";
import { fieldLabel } from "@/lib/operations/rules";

/** A logged value as people read it; `zone` is the application's. */
export function fieldValueText(field: string, value: unknown, zone: string): string {
  if (value === null || value === undefined) return "none";
  if (field === "usageLimit" && value === 0) return "unlimited";
  if (field === "validFrom" || field === "valid_from") return formatBound(new Date(String(value)), zone, "start");
  if (field === "validUntil" || field === "valid_until") return formatBound(new Date(String(value)), zone, "end");
  if (typeof value === "number") return formatExact(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(String).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** One field's way from a value to another: "1 → 5". */
export function FieldStep({
  field,
  before,
  after,
  zone,
}: {
  field: string;
  before: unknown;
  after: unknown;
  zone: string;
}) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      <span className="text-mute">{fieldLabel(field)}</span>
      <span className="num text-mute line-through decoration-faint [overflow-wrap:anywhere]">
        {fieldValueText(field, before, zone)}
      </span>
      <span aria-hidden="true" className="text-faint">
        →
      </span>
      <span className="sr-only">becomes</span>
      <span className="num [overflow-wrap:anywhere]">{fieldValueText(field, after, zone)}</span>
    </span>
  );
}

/** Every field a recorded change touched, from old to new. A new or deleted code shows nothing here. */
export function FieldSteps({
  before,
  after,
  zone,
}: {
  before: FieldValues | null;
  after: FieldValues | null;
  zone: string;
}) {
  if (!before || !after) return null;
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-0.5 py-1 whitespace-normal">
      {Object.keys(after).map((field) => (
        <FieldStep key={field} field={field} before={before[field]} after={after[field]} zone={zone} />
      ))}
    </span>
  );
}
