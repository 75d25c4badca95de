import { setImmediate as turn } from "node:timers/promises";
import type { Scope } from "@/lib/access/scope";
import { foldCode } from "@/lib/codes/rules";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { WritableCampaign } from "@/lib/operations/scope";
import { type Piece, piecesOf, possibleCodes, readPasted } from "@/lib/selections/rules";
import { type Choice, namedMax, pastedMax, piecesMax } from "@/lib/selections/schema";

interface KnownCode {
  code: string;
  id: bigint;
  campaignId: number;
  campaign: string;
}

/** How many pieces are looked up by one statement. */
const atOnce = 1_000;

/**
 * Finds the codes in a text of any kind: a column of a sheet, a list, a mail. Takes time in proportion to the text, in steps
 * of some ten milliseconds between which others have their turn.
 * @returns the ids of this campaign's codes, and what became of the rest
 * @throws DomainError `invalid` for a text without anything like a code, or with too many
 */
export async function findPasted({ ids }: Scope<"referrals.read">, { caseRule }: WritableCampaign, text: string) {
  const fold = (code: string) => foldCode(code, caseRule);
  const reading = readPasted<KnownCode>(fold);
  let [waiting, count] = [[] as Piece[], 0];
  const read = async (most: number) => {
    const next = waiting.slice(0, most);
    const known = await knownCodes(ids.applicationId, possibleCodes(next, fold));
    waiting = waiting.slice(reading.read(next, known, next.length < most));
    if (reading.size() > pastedMax) throw new DomainError("invalid", { reason: "pasted_many_codes", most: pastedMax });
  };
  for (const pieces of piecesOf(text)) {
    count += pieces.length;
    if (count > piecesMax) throw new DomainError("invalid", { reason: "pasted_many_words", most: piecesMax });
    waiting = [...waiting, ...pieces];
    while (waiting.length > atOnce) await read(atOnce);
    await turn();
  }
  await read(Number.POSITIVE_INFINITY);
  if (reading.size() === 0) throw new DomainError("invalid", { reason: "pasted_no_code" });
  const { found, missing, duplicates, prose } = reading.meant();
  const codes = [...found.values()];
  return {
    ids: codes.filter((one) => one.campaignId === ids.campaignId).map((one) => one.id),
    outcome: { notFound: named(missing), elsewhere: byCampaign(codes, ids.campaignId), duplicates, prose },
  };
}

/** Those of these codes that the application has. */
async function knownCodes(applicationId: number, codes: string[]): Promise<Map<string, KnownCode>> {
  const all = [...new Set(codes)];
  if (all.length === 0) return new Map();
  const known = await db.$queryRaw<KnownCode[]>`
    SELECT r.code_key AS code, r.id, r.campaign_id AS "campaignId", c.name AS campaign
    FROM unnest(${all}::text[]) AS given (code)
    JOIN referral r ON r.application_id = (SELECT ${applicationId}::int) AND r.code_key = given.code
    JOIN campaign c ON c.application_id = r.application_id AND c.id = r.campaign_id`;
  return new Map(known.map((one) => [one.code, one]));
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
