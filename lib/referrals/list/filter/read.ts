import type { z } from "zod";
import { attributeSentences } from "@/lib/attributes/reasons";
import { attributeNameProblem } from "@/lib/attributes/rules";
import { formatCount } from "@/lib/format";
import { type ReferralFilter, referralFilterField } from "@/lib/referrals/list/filter/schema";
import { attributesAskedMax } from "@/lib/referrals/list/filter/terms";
import {
  attributeForm,
  type FilterParam,
  type FilterTexts,
  filterParams,
  forms,
  keyOf,
} from "@/lib/referrals/list/filter/text";
import { say } from "@/lib/say";
import { shortened } from "@/lib/shortened";

/** A condition that cannot be met, and why, for the user. `param` is its name in the URL. */
export interface Refusal {
  param: string;
  message: string;
}

const examples: Record<FilterParam, string> = {
  q: "a part of a code, of an advocate’s Integration ID, or a Batch ID",
  status: "active, scheduled, expired or used-up, with commas between them",
  created: "a range such as 2026-11-01..2026-11-30",
  validFrom: "a range such as 2026-11-01..2026-11-30, none or any",
  validUntil: "a range such as 2026-11-01..2026-11-30, none or any",
  advocate: "is:anna for the whole Integration ID or has:anna for a part of it",
  friend: "is:anna, has:anna, none or any",
  batch: "a Batch ID of 8 lowercase letters, none or any",
  origin: "created, imported or api, with commas between them",
  redemptions: "none, some, usable, nearly-used-up, used-up, or a range such as 3..10",
  selection: "the number of a stored selection",
};
const attributeExample =
  "is:gold,silver, has:old, num:5,7, yes, no, a range such as 5..10 or 2026-11-01..2026-11-30, none or any";

/** Our own sentence where the schema has one that says more than “invalid”. */
function reason(error: z.ZodError): string {
  const issues = error.issues.flatMap((issue) =>
    issue.code === "invalid_union" && issue.errors.length > 0 ? issue.errors.flat() : [issue],
  );
  const told = issues.find((issue) => /[.]$/.test(issue.message));
  return told ? ` ${told.message}` : "";
}

/** Reads each condition by itself. What cannot be read is refused, never left out: the list then matches nothing. */
export function readFilter(texts: FilterTexts): { filter: ReferralFilter; refusals: Refusal[] } {
  const filter: Record<string, unknown> = {};
  const refusals: Refusal[] = [];
  for (const param of filterParams) {
    const given = texts[param];
    if (given.trim() === "") continue;
    const parsed = referralFilterField.shape[keyOf(param)].safeParse(forms[param].read(given));
    if (parsed.success) filter[keyOf(param)] = parsed.data;
    else
      refusals.push({
        param,
        message: `“${param}=${shortened(given)}” cannot be read.${reason(parsed.error)} It can be ${examples[param]}.`,
      });
  }
  const attributes: Record<string, unknown> = {};
  const asked = Object.entries(texts.attributes).filter(([, given]) => given !== "");
  for (const [name] of asked.slice(attributesAskedMax, attributesAskedMax + 1)) {
    const message = `The address asks for ${formatCount(asked.length, "attribute")}; a list can be narrowed by ${attributesAskedMax} at once.`;
    refusals.push({ param: `attr.${name}`, message });
  }
  for (const [name, given] of asked.slice(0, attributesAskedMax)) {
    const misnamed = attributeNameProblem(name);
    if (misnamed !== null) {
      const why = say(attributeSentences, misnamed);
      refusals.push({ param: `attr.${name}`, message: `“attr.${shortened(name)}” cannot be read. ${why}` });
      continue;
    }
    const parsed = referralFilterField.shape.attributes.safeParse({ [name]: attributeForm.read(given) });
    if (parsed.success) attributes[name] = parsed.data?.[name];
    else
      refusals.push({
        param: `attr.${name}`,
        message: `“attr.${shortened(name)}=${shortened(given)}” cannot be read.${reason(parsed.error)} It can be ${attributeExample}.`,
      });
  }
  if (Object.keys(attributes).length > 0) filter.attributes = attributes;
  return { filter: filter as ReferralFilter, refusals };
}
