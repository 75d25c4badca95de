import { attributeField } from "@/lib/codes/fields";
import type { ImportColumn } from "@/lib/referrals/csv";

const titles: Record<ImportColumn, string> = {
  code: "Code",
  advocateprofileintegrationid: "Advocate’s Integration ID",
  startdate: "Valid from",
  expirydate: "Valid until",
  limitval: "Redemption limit",
  attributes: "Attributes, as JSON",
};

/** What a column is called on screen by its field. */
export function fieldTitle(field: string): string {
  return (titles as Record<string, string>)[field] ?? field;
}

/** What a column can be said to hold. */
export function fieldOptions(attributes: readonly { name: string; title: string }[]) {
  return [
    { value: "", label: "Leave out" },
    ...Object.entries(titles).map(([value, label]) => ({ value, label })),
    ...attributes.map(({ name, title }) => ({ value: attributeField(name), label: `Attribute: ${title || name}` })),
  ];
}
