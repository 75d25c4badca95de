import { z } from "zod";
import type { Scope } from "@/lib/access/scope";
import type { Campaign } from "@/lib/campaigns/queries";
import { charactersProblem, codeSpace, patternProblem } from "@/lib/codes/generator";
import type { SpaceUse } from "@/lib/creations/rules";
import { spaceUse } from "@/lib/creations/space";
import { db, Prisma } from "@/lib/db";
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

/** How often codes may be redeemed, 0 is without a limit, and how long they are valid. */
export interface CreatedTerms {
  usageLimit: number;
  validFrom: Date | null;
  validUntil: Date | null;
}

const instant = z.coerce.date().nullable();
const loggedTerms = z.object({ usageLimit: z.number(), validFrom: instant, validUntil: instant });

/** The terms of a campaign's newest creation, by a form or a program; null where there is none. */
export async function lastTerms({ ids }: Scope<"referrals.create">): Promise<CreatedTerms | null> {
  const moment = Prisma.sql`coalesce(o.applied, o.started, o.planned)`;
  // each kind of creation has an index in its order
  const newest = (which: Prisma.Sql) => Prisma.sql`
    (SELECT ${moment} AS at, o.input FROM operation o WHERE o.application_id = ${ids.applicationId} AND o.campaign_id = ${ids.campaignId}
      AND o.state IN ('running', 'applied') AND o.kind = 'create' AND ${which} ORDER BY ${moment} DESC, o.id DESC LIMIT 1)`;
  const single = Prisma.sql`(o.kind = 'create' AND o.matched = 1)`;
  const [last] = await db.$queryRaw<{ input: unknown }[]>`
    SELECT input FROM (${newest(single)} UNION ALL ${newest(Prisma.sql`NOT ${single}`)}) newest ORDER BY at DESC LIMIT 1`;
  return loggedTerms.safeParse(last?.input).data ?? null;
}

/** What a creation made, for the page of its result: its terms, null where they are not known, and its first codes. */
export interface CreationResult {
  terms: CreatedTerms | null;
  codes: string[];
}

/** Reads that; empty where there is no such creation. */
export async function getCreation({ ids }: Scope<"referrals.read">, operationId: string): Promise<CreationResult> {
  const [row] = await db.$queryRaw<{ input: unknown; codes: string[] }[]>`
    SELECT o.input, ARRAY(SELECT c.code FROM change c WHERE c.application_id = ${ids.applicationId} AND c.operation_id = o.id
      ORDER BY c.referral_id LIMIT 5) AS codes
    FROM operation o WHERE o.application_id = ${ids.applicationId} AND o.campaign_id = ${ids.campaignId} AND o.id = ${BigInt(operationId)}`;
  return { terms: loggedTerms.safeParse(row?.input).data ?? null, codes: row?.codes ?? [] };
}
