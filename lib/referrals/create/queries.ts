import type { Scope } from "@/lib/access/scope";
import type { Campaign } from "@/lib/campaigns/queries";
import { db } from "@/lib/db";
import { invalidField } from "@/lib/errors";
import type { SpaceUse } from "@/lib/referrals/create/rules";
import { spaceUse } from "@/lib/referrals/create/space";
import { charactersProblem, codeSpace, patternProblem } from "@/lib/referrals/generator";

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
  if (pattern) throw invalidField("pattern", pattern);
  const characters = charactersProblem(asked.characters, application.caseRule);
  if (characters) throw invalidField("characters", characters);
  const space = codeSpace(asked.pattern, asked.characters, application.caseRule);
  return spaceUse(db, ids.applicationId, space, asked.wanted);
}

const codesRead = 10_000;

/** The codes of a batch in the order they were made, in portions; memory stays constant. None for an unknown batch. */
export async function* readBatchCodes({ ids }: Scope<"referrals.read">, batchId: string): AsyncGenerator<string[]> {
  // One walk along the batch's index: right after a large creation the planner's numbers are too old to join by.
  for (let last = { created: new Date(0), id: 0n }; ; ) {
    const rows = await db.$queryRaw<{ id: bigint; code: string; created: Date; campaign_id: number }[]>`
      SELECT id, code, created, campaign_id FROM referral
      WHERE application_id = ${ids.applicationId} AND batch_id = ${batchId} AND (created, id) > (${last.created}, ${last.id})
      ORDER BY created, id LIMIT ${codesRead}`;
    const codes = rows.filter((row) => row.campaign_id === ids.campaignId).map((row) => row.code);
    if (codes.length > 0) yield codes;
    const end = rows.at(-1);
    if (!end || rows.length < codesRead) return;
    last = end;
  }
}
