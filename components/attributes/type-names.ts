import type { AttributeType } from "@/lib/attributes/rules";

/** The types of attributes as people read them. */
export const typeNames: Record<AttributeType, string> = {
  string: "Text",
  number: "Number",
  boolean: "Yes or no",
  time: "Time",
  "(list string)": "List of texts",
  "(list number)": "List of numbers",
  "(list time)": "List of times",
};
