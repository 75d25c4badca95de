import { attributeField } from "@/lib/codes/fields";
import { changesFile, codesFile } from "@/lib/imports/file-kinds";
import type { FileColumn } from "@/lib/referrals/csv";

const titles: Record<FileColumn, string> = {
  code: "Code",
  uploadkey: "Upload key",
  advocateprofileintegrationid: "Advocate’s Integration ID",
  startdate: "Valid from",
  expirydate: "Valid until",
  limitval: "Redemption limit",
  friendprofileintegrationid: "Friend’s Integration ID",
  attributes: "Attributes, as JSON",
};

/** What a column is called on screen by its field. */
export function fieldTitle(field: string): string {
  return (titles as Record<string, string>)[field] ?? field;
}

/** What a column can be said to hold, of a file that makes codes or that changes some. */
export function fieldOptions(attributes: readonly { name: string; title: string }[], changes: boolean) {
  const { columns } = changes ? changesFile : codesFile;
  return [
    { value: "", label: "Leave out" },
    ...columns.map((value) => ({ value: value as string, label: titles[value] })),
    ...attributes.map(({ name, title }) => ({ value: attributeField(name), label: `Attribute: ${title || name}` })),
  ];
}
