/** What names are compared by: case, width and the number of blanks make no other name. */
export function foldName(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
}
