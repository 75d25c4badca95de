import type { AttributeType } from "@/lib/attributes/rules";
import { formatDateTime, formatExact } from "@/lib/format";
import { parseInstant } from "@/lib/instant";

/**
 * An attribute's value as people read it, by its type: yes and no, numbers in groups, times on the zone's clocks, lists with
 * commas. Whatever the database holds is shown: a value that does not fit the type, or has none any more, as it stands.
 */
export function attributeValueText(value: unknown, type: AttributeType | undefined, zone: string): string {
  if (Array.isArray(value)) return value.map((item) => attributeValueText(item, type, zone)).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return formatExact(value);
  if (typeof value !== "string") return JSON.stringify(value) ?? "";
  const instant = type === "time" || type === "(list time)" ? parseInstant(value) : null;
  return instant instanceof Date ? formatDateTime(instant, zone) : value;
}
