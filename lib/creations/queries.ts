import type { Scope } from "@/lib/access/scope";
import type { Campaign } from "@/lib/campaigns/queries";
import { charactersProblem, codeSpace, patternProblem } from "@/lib/codes/generator";
import type { SpaceUse } from "@/lib/creations/rules";
import { spaceUse } from "@/lib/creations/space";
import { db } from "@/lib/db";
import { invalidField } from "@/lib/errors";

/**
 * How many codes of a pattern are used in the campaign's application, told exactly where room may be short for `wanted`.
 * @throws DomainError `invalid` for a pattern or characters that give no codes
 */
export async function getSpaceUse(
  { ids }: Scope<"referrals.create">,
  { application }: Campaign,
  asked: { pattern: string; characters: string; wanted: number },
): Promise<SpaceUse> {
  const pattern = patternProblem(asked.pattern);
  if (pattern) throw invalidField(["pattern"], pattern);
  const characters = charactersProblem(asked.characters, application.caseRule);
  if (characters) throw invalidField(["characters"], characters);
  const space = codeSpace(asked.pattern, asked.characters, application.caseRule);
  return spaceUse(db, ids.applicationId, space, asked.wanted);
}
