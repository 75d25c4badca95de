/** A 32-bit id from a segment of an address, or null if the text is none: "1", never "01", "1.0" or "x". */
export function routeId(segment: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(segment)) return null;
  const id = Number(segment);
  return id <= 2_147_483_647 ? id : null;
}
