import type { AttributeDefinition, AttributeType, AttributeValue } from "@/lib/attributes/rules";
import { formatRow, importColumns } from "@/lib/referrals/csv";

const examples: Record<AttributeType, AttributeValue> = {
  string: "text",
  number: 10,
  boolean: true,
  time: "2027-01-01T00:00:00Z",
  "(list string)": ["one", "two"],
  "(list number)": [1, 2],
  "(list time)": ["2027-01-01T00:00:00Z"],
};

/** A value that an attribute takes: its first suggestion, or one of its type. */
function exampleOf({ type, suggestions }: AttributeDefinition): AttributeValue {
  const [first] = suggestions;
  if (first === undefined) return examples[type];
  return type.startsWith("(list ") ? ([first] as AttributeValue) : first;
}

/** A small file that imports as it is, with attributes this application has. `year` is the year its dates are in. */
export function sampleFile(definitions: readonly AttributeDefinition[], year: number): string {
  const some = (count: number) => {
    const chosen = definitions.slice(0, count).map((definition) => [definition.name, exampleOf(definition)]);
    return chosen.length > 0 ? JSON.stringify(Object.fromEntries(chosen)) : "";
  };
  const rows = [
    ["WELCOME-ANN-7", "cust_ann", `${year}-01-01T00:00:00+01:00`, `${year + 1}-01-01T00:00:00+01:00`, "5", some(2)],
    ["WELCOME-BEN-8", "cust_ben", "", `${year}-12-31T23:00:00Z`, "0", some(1)],
    ["WELCOME-EVA-9", "cust_eva", "", "", "", ""],
  ];
  return `${[[...importColumns], ...rows].map((row) => formatRow(row)).join("\r\n")}\r\n`;
}
