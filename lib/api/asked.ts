import { z } from "zod";
import { validities } from "@/lib/referrals/list/asked";
import { shortened } from "@/lib/shortened";
import { dateField, flag } from "./fields";

/** The filters of codes that every endpoint about many of them takes in its query (reference: talon-one-api, B3, B6 and B13). */
export const askedFields = {
  createdBefore: dateField.optional(),
  createdAfter: dateField.optional(),
  valid: z
    .enum(validities, {
      error: (issue) => `“${shortened(String(issue.input), 40)}” is unknown: give one of ${validities.join(", ")}.`,
    })
    .optional(),
  usable: flag.optional(),
};

/** A part of a code: case and everything but letters and digits do not count. */
export const codePartField = z.string().max(1000, { error: "A part of a code has up to 1,000 characters." });
