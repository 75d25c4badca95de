import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { getApplication } from "@/lib/applications/queries";
import { foldCode, tidied } from "@/lib/codes/rules";
import { db, Prisma } from "@/lib/db";
import type { SessionData, SessionState } from "@/lib/sessions/schema";

const { sql, raw, join } = Prisma;

/** A session in a list. `profileId` is the customer's number; null for nobody. */
export interface ListedSession {
  id: bigint;
  created: Date;
  integrationId: string;
  profileIntegrationId: string | null;
  profileId: bigint | null;
  state: SessionState;
  referralCode: string | null;
  data: SessionData;
}

export const sessionSorts = ["id", "created"] as const;

/** Which sessions are asked for; conditions combine, an absent one asks nothing. */
export interface SessionsPage {
  /** The code under the application's case rule, whole or, where `partial`, a part of it. */
  referral?: string | undefined;
  coupon?: string | undefined;
  partial: boolean;
  profile?: string | undefined;
  state?: SessionState | undefined;
  integrationId?: string | undefined;
  /** Both are exclusive. */
  createdBefore?: Date | undefined;
  createdAfter?: Date | undefined;
  order: { by: (typeof sessionSorts)[number]; descending: boolean };
  skip: number;
  size: number;
}

// By two hashes, because an ID can be longer than an index entry.
const isWhole = (column: string, id: string) =>
  sql`hashtextextended(${raw(column)}, 0) = hashtextextended(${id}, 0) AND ${raw(column)} = ${id}`;

function conditions(asked: SessionsPage, foldedCode: string | undefined): Prisma.Sql[] {
  const { coupon, partial, profile, state, integrationId, createdBefore, createdAfter } = asked;
  const all: Prisma.Sql[] = [];
  if (foldedCode !== undefined)
    all.push(
      partial
        ? sql`s.code_key IS NOT NULL AND position(${foldedCode} in s.code_key) > 0`
        : sql`s.code_key = ${foldedCode}`,
    );
  if (coupon !== undefined)
    all.push(
      partial
        ? sql`EXISTS (SELECT FROM jsonb_array_elements_text(s.data -> 'couponCodes') c WHERE position(${coupon} in c) > 0)`
        : sql`s.data @> ${JSON.stringify({ couponCodes: [coupon] })}::jsonb`,
    );
  if (profile !== undefined)
    all.push(sql`s.profile_integration_id IS NOT NULL AND ${isWhole("s.profile_integration_id", profile)}`);
  if (state !== undefined) all.push(sql`s.state = ${state}`);
  if (integrationId !== undefined)
    all.push(
      sql`${isWhole("s.integration_id", integrationId)} AND hashtextextended(s.integration_id, 1) = hashtextextended(${integrationId}, 1)`,
    );
  if (createdBefore) all.push(sql`s.created < ${createdBefore}`);
  if (createdAfter) all.push(sql`s.created > ${createdAfter}`);
  return all;
}

/** A page of an application's sessions. */
export async function listSessions(
  scope: Scope<"customers.read", ApplicationIds>,
  asked: SessionsPage,
): Promise<{ sessions: ListedSession[]; hasMore: boolean }> {
  const { applicationId } = scope.ids;
  const application = asked.referral === undefined ? null : await getApplication(scope);
  const folded = application ? foldCode(tidied(asked.referral ?? ""), application.caseRule) : undefined;
  const { order, skip, size } = asked;
  const direction = order.descending ? sql`DESC` : sql`ASC`;
  const place = order.by === "id" ? sql`s.id ${direction}` : sql`s.created ${direction}, s.id ${direction}`;
  const found = await db.$queryRaw<ListedSession[]>`
    SELECT s.*, p.id AS "profileId" FROM (
      SELECT s.id, s.created, s.integration_id AS "integrationId", s.profile_integration_id AS "profileIntegrationId", s.state,
        s.referral_code AS "referralCode", s.data
      FROM customer_session s WHERE ${join([sql`s.application_id = ${applicationId}`, ...conditions(asked, folded)], " AND ")}
      ORDER BY ${place} OFFSET ${skip} LIMIT ${size + 1}) s
    LEFT JOIN customer_profile p ON p.application_id = ${applicationId} AND hashtextextended(p.integration_id, 0) = hashtextextended(s."profileIntegrationId", 0)
      AND hashtextextended(p.integration_id, 1) = hashtextextended(s."profileIntegrationId", 1) AND p.integration_id = s."profileIntegrationId"
    ORDER BY ${place}`;
  return { sessions: found.slice(0, size), hasMore: found.length > size };
}
