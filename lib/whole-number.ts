import { shortened } from "@/lib/shortened";

// Commas and blanks only where they part thousands: "500,5" must not become 5005.
const shape = /^[+-]?(\d+|\d{1,3}([,\s]\d{3})+)$/;

/** The whole number that somebody typed, such as 10, -3 or 1,000; or a sentence that says what is wrong with it. */
export function readWholeNumber(text: string): number | string {
  const number = text.trim();
  return shape.test(number)
    ? Number(number.replace(/[,\s]/g, ""))
    : `“${shortened(number)}” is not a whole number. Write it like 10.`;
}
