import type { Actor } from "@/lib/actor";
import type { Campaign } from "@/lib/campaigns/queries";
import { db } from "@/lib/db";
import { invalidField } from "@/lib/errors";
import type { CampaignScope } from "@/lib/operations/schema";
import type { SpaceUse } from "@/lib/referrals/create/rules";
import { spaceUse } from "@/lib/referrals/create/space";
import { charactersProblem, codeSpace, patternProblem } from "@/lib/referrals/generator";

/**
 * How many codes of a pattern are used in the campaign's application, told exactly where room may be short for `wanted`.
 * @throws DomainError `invalid` for a pattern or characters that give no codes
 */
export async function getSpaceUse(
  _actor: Actor,
  { application }: Campaign,
  asked: { pattern: string; characters: string; wanted: number },
): Promise<SpaceUse> {
  const pattern = patternProblem(asked.pattern);
  if (pattern) throw invalidField("pattern", pattern);
  const characters = charactersProblem(asked.characters, application.caseRule);
  if (characters) throw invalidField("characters", characters);
  const space = codeSpace(asked.pattern, asked.characters, application.caseRule);
  return spaceUse(db, application.id, space, asked.wanted);
}

const codesRead = 10_000;

/** The codes an operation made that still exist, in the order they were made, in portions; memory stays constant. */
export async function* readMadeCodes(
  _actor: Actor,
  scope: CampaignScope,
  operationId: string,
): AsyncGenerator<string[]> {
  for (let after = 0n; ; ) {
    const rows = await db.$queryRaw<{ id: bigint; code: string }[]>`
      SELECT r.id, r.code FROM change c
      JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id
      WHERE c.application_id = ${scope.applicationId} AND c.operation_id = ${BigInt(operationId)}
        AND c.referral_id > ${after} AND r.campaign_id = ${scope.campaignId}
      ORDER BY c.referral_id LIMIT ${codesRead}`;
    if (rows.length > 0) yield rows.map((row) => row.code);
    const last = rows.at(-1);
    if (!last || rows.length < codesRead) return;
    after = last.id;
  }
}
