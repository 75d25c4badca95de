import fc from "fast-check";

/** Text full of what CSV, spreadsheets and Unicode make difficult. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."'\"=+-@,;\t\r\n \\", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "\uFEFF", "é", "字", "👩‍🚀"),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join("").replaceAll("\0", "").toWellFormed());
