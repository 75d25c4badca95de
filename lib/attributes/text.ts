import type { AttributeValue } from "@/lib/attributes/rules";
import { formatDateTime, formatExact } from "@/lib/format";

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** An attribute's value as people read it: yes and no, numbers in groups, times on the zone's clocks, lists with commas. */
export function attributeValueText(value: AttributeValue, zone: string): string {
  if (Array.isArray(value)) return value.map((item) => attributeValueText(item, zone)).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return formatExact(value);
  return instant.test(value) ? formatDateTime(new Date(value), zone) : value;
}
