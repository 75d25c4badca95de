/** What a redemption limit of 0 is called. */
export const unlimited = "unlimited";

// By the names that fields have in forms, filters and the log; a deletion's record holds whole rows, by their columns.
const unsetWords: Record<string, string> = {
  validFrom: "no start",
  valid_from: "no start",
  validUntil: "no end",
  valid_until: "no end",
  friend: "anyone",
  friendIntegrationId: "anyone",
  friend_integration_id: "anyone",
  batch: "no batch",
};

/**
 * What stands for a value that is not there, in forms, facts, plans, histories and filters alike: one word for each field.
 * The list's cells alone stay empty. @param field such as `validUntil`; an attribute's, by whatever name, is "not set"
 */
export function unsetWord(field: string): string {
  return unsetWords[field] ?? "not set";
}

/** A word as a label begins: "No end". */
export function asLabel(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
