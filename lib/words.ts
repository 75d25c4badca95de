import { codeField } from "@/lib/codes/fields";

/** What a redemption limit of 0 is called. */
export const unlimited = "unlimited";

// What filters alone have a name for.
const unsetWords: Record<string, string> = {
  friend: "anyone",
  batch: "no batch",
};

/**
 * What stands for a value that is not there, in forms, facts, plans, histories and filters alike: one word for each field.
 * The list's cells alone stay empty. @param field such as `validUntil`; an attribute's, by whatever name, is "not set"
 */
export function unsetWord(field: string): string {
  return codeField(field)?.unset ?? unsetWords[field] ?? "not set";
}

/** A word as a label begins: "No end". */
export function asLabel(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
