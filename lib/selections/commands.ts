import type { Actor } from "@/lib/actor";
import { bulkTransaction, db, Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { formatNumber } from "@/lib/format";
import type { CampaignScope } from "@/lib/operations/schema";
import { campaignForWriting, type WritableCampaign } from "@/lib/operations/scope";
import { matchingAll } from "@/lib/referrals/filter/conditions";
import { type ReferralFilter, referralFilterField } from "@/lib/referrals/filter/schema";
import { narrows } from "@/lib/referrals/filter/terms";
import { foldCode } from "@/lib/referrals/rules";
import { keptSelection } from "@/lib/selections/queries";
import { meantCodes, partsOf, pastedCodes, spellings } from "@/lib/selections/rules";
import { type Choice, type Chosen, namedMax, pastedMax } from "@/lib/selections/schema";

const nothingElse = { notFound: { first: [], count: 0 }, elsewhere: [], duplicates: 0 };

/**
 * Stores which codes are chosen, as they are now: codes that come later are not in the selection. One transaction.
 * @throws DomainError `invalid` for a filter that asks for nothing without `all`, or too many pasted codes; `not_found`,
 * `feature_off`
 */
export async function chooseReferrals(
  actor: Actor,
  { scope, chosen }: { scope: CampaignScope; chosen: Chosen },
): Promise<Choice> {
  const campaign = await campaignForWriting(actor, scope);
  if (chosen.by === "pasted") return choosePasted(actor, campaign, chosen.text);
  if (chosen.by === "ids") {
    const ids = chosen.ids.map(BigInt);
    return {
      ...(await store(actor, scope, { origin: "ticked" }, Prisma.sql`r.id = ANY(${ids}::bigint[])`)),
      ...nothingElse,
    };
  }
  const filter = referralFilterField.parse(chosen.filter);
  if (!narrows(filter) && !chosen.all) {
    throw new DomainError(
      "invalid",
      "This is every code of the campaign. Say that all of them are meant, or filter the list.",
    );
  }
  if (filter.selection !== undefined) await keptSelection(scope, filter.selection);
  const condition = matchingAll({ ...scope, zone: campaign.timeZone, now: new Date() }, filter);
  return { ...(await store(actor, scope, { origin: "matching", filter }, condition)), ...nothingElse };
}

interface What {
  origin: "ticked" | "matching" | "pasted";
  filter?: ReferralFilter;
}

async function store(actor: Actor, scope: CampaignScope, what: What, condition: Prisma.Sql) {
  return bulkTransaction(async (tx) => {
    await removeOld(tx, scope);
    const { id, created } = await tx.selection.create({
      data: {
        ...scope,
        actor: actor.id,
        origin: what.origin,
        filter: what.filter ? (what.filter as Prisma.InputJsonObject) : Prisma.DbNull,
      },
      select: { id: true, created: true },
    });
    const { applicationId, campaignId } = scope;
    const found = await tx.$executeRaw`
      INSERT INTO selection_row (application_id, selection_id, referral_id)
      SELECT r.application_id, ${id}, r.id FROM referral r
      WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND ${condition} ORDER BY r.id`;
    const key = { applicationId_id: { applicationId, id } };
    if (found === 0) await tx.selection.delete({ where: key });
    else await tx.selection.update({ where: key, data: { count: found } });
    return { selectionId: found === 0 ? null : String(id), at: found === 0 ? null : created, found };
  });
}

/** Removes the rows of selections that are a day old, but for those that an operation is planned from or a view shows; a few at a time. */
async function removeOld(tx: Transaction, { applicationId }: CampaignScope): Promise<void> {
  await tx.$executeRaw`
    WITH old AS (
      SELECT s.application_id, s.id FROM selection s
      WHERE s.application_id = ${applicationId} AND s.removed IS NULL AND s.created < now() - interval '1 day'
        AND NOT EXISTS (SELECT FROM operation o WHERE o.application_id = s.application_id AND o.applied IS NULL
          AND o.selection->>'selectionId' = s.id::text)
        AND NOT EXISTS (SELECT FROM view v WHERE v.application_id = s.application_id AND v.campaign_id = s.campaign_id
          AND v.query ~ ('(^|&)selection=' || s.id || '(&|$)'))
      ORDER BY s.created LIMIT 5 FOR UPDATE SKIP LOCKED
    ), removed AS (
      UPDATE selection s SET removed = now() FROM old WHERE s.application_id = old.application_id AND s.id = old.id
    )
    DELETE FROM selection_row r USING old WHERE r.application_id = old.application_id AND r.selection_id = old.id`;
}

interface KnownCode {
  code: string;
  id: bigint;
  campaignId: number;
  campaign: string;
}

async function choosePasted(actor: Actor, campaign: WritableCampaign, text: string): Promise<Choice> {
  const fold = (code: string) => foldCode(code, campaign.caseRule);
  const pieces = pastedCodes(text, fold);
  if (pieces.size === 0)
    throw new DomainError(
      "invalid",
      "There is no code in this text. Paste codes, one a line or with commas between them.",
    );
  if (pieces.size > pastedMax) {
    throw new DomainError(
      "invalid",
      `These are ${formatNumber(pieces.size)} codes; up to ${formatNumber(pastedMax)} can be pasted at once.`,
    );
  }
  const { applicationId, campaignId } = campaign;
  const asked = [...pieces.keys()].flatMap((piece) =>
    [piece, ...partsOf(piece)].flatMap((one) => spellings(one, fold)),
  );
  const known = new Map((await knownCodes(applicationId, asked)).map((one) => [one.code, one]));
  const { found, missing, duplicates } = meantCodes(pieces, known, fold);
  const here = found.filter((one) => one.campaignId === campaignId);
  const ids = here.map((one) => one.id);
  const stored =
    ids.length === 0
      ? { selectionId: null, at: null, found: 0 }
      : await store(
          actor,
          { applicationId, campaignId },
          { origin: "pasted" },
          Prisma.sql`r.id = ANY(${ids}::bigint[])`,
        );
  return { ...stored, notFound: named(missing), elsewhere: byCampaign(found, campaignId), duplicates };
}

/** Those of these codes that the application has. */
function knownCodes(applicationId: number, codes: string[]): Promise<KnownCode[]> {
  const all = [...new Set(codes)];
  return db.$queryRaw<KnownCode[]>`
    SELECT r.code_key AS code, r.id, r.campaign_id AS "campaignId", c.name AS campaign
    FROM unnest(${all}::text[]) AS given (code)
    JOIN referral r ON r.application_id = ${applicationId} AND r.code_key = given.code
    JOIN campaign c ON c.application_id = r.application_id AND c.id = r.campaign_id`;
}

function named(codes: string[]) {
  return { first: codes.slice(0, namedMax), count: codes.length };
}

function byCampaign(known: KnownCode[], campaignId: number): Choice["elsewhere"] {
  const campaigns = new Map<number, { campaign: string; codes: string[] }>();
  for (const one of known) {
    if (one.campaignId === campaignId) continue;
    const of = campaigns.get(one.campaignId) ?? { campaign: one.campaign, codes: [] };
    of.codes.push(one.code);
    campaigns.set(one.campaignId, of);
  }
  return [...campaigns].map(([id, { campaign, codes }]) => ({ campaignId: id, campaign, ...named(codes) }));
}
