import { createHash } from "node:crypto";
import type { Asked, Scope } from "@/lib/access/scope";
import { listAttributes } from "@/lib/attributes/queries";
import { attributeProblems } from "@/lib/attributes/rules";
import { advocateKey, searchKey } from "@/lib/codes/folding";
import { charactersProblem, codeSpace } from "@/lib/codes/generator";
import { storedCode } from "@/lib/codes/rules";
import { bulkTransaction, type Database, db, Prisma, type Transaction, untilWon } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { inTurns } from "@/lib/in-turns";
import {
  type Creation,
  type CreationRequest,
  createAtOnce,
  earlierCreation,
  mergeNewEntries,
  openCreation,
} from "@/lib/operations/creation";
import { inlineLimit } from "@/lib/operations/rules";
import { campaignForWriting, type WritableCampaign } from "@/lib/operations/scope";
import { stageAdvocates } from "@/lib/referrals/create/background";
import { advocatesProblem, readAdvocates, validityProblem } from "@/lib/referrals/create/rules";
import type { CreateReferrals } from "@/lib/referrals/create/schema";
import { assertRoom, drawFreeCodes, walkFreeCodes } from "@/lib/referrals/create/space";
import { wakeWorker } from "@/lib/worker/wake";

type Request = Asked<CreateReferrals>;

/** A creation that is stored. `operationId` leads to its result. */
interface CreatedReferrals {
  operationId: string;
  /** Whether the codes are being made in the background. */
  running: boolean;
}

/**
 * Makes a code for each advocate, and records them: all or none of up to `inlineLimit`, more in the background, a part at a
 * time, after the room in the pattern is found to be enough. The same request key makes them once.
 * @throws DomainError `invalid` by field: code taken, too little room in the pattern, attributes, dates, advocates;
 *   `not_found`;
 *   `feature_off`; `conflict` when the request key was used for something else
 */
export async function createReferrals(scope: Scope<"referrals.create">, request: Request): Promise<CreatedReferrals> {
  const campaign = await campaignForWriting(scope);
  await refuseBadFields(scope, campaign, request);
  const advocates = await advocatesOf(request);
  const creation = {
    kind: "create" as const,
    requestKey: request.requestKey,
    batch: request.kind === "many",
    input: loggedInput(request, advocates),
    codes: advocates.length,
  };
  if (request.kind === "many" && advocates.length > inlineLimit) {
    const space = codeSpace(request.pattern, request.characters, campaign.caseRule);
    const operationId = await bulkTransaction(async (tx) => {
      const { operationId, repeated } = await openCreation(tx, scope, { ...creation, background: true });
      if (repeated) return operationId;
      await assertRoom(tx, campaign.applicationId, space, advocates.length);
      await stageAdvocates(tx, campaign.applicationId, operationId, advocates);
      return operationId;
    });
    wakeWorker();
    return { operationId: String(operationId), running: true };
  }
  const { operationId } = await untilWon(() => createNow(scope, campaign, request, creation, advocates));
  mergeNewEntries(advocates.length);
  return { operationId: String(operationId), running: false };
}

/** Up to this many codes are made without a transaction around their statement. */
const fewMax = 1000;

async function createNow(
  scope: Scope<"referrals.create">,
  campaign: WritableCampaign,
  request: Request,
  creation: CreationRequest,
  advocates: string[],
): Promise<Creation> {
  const make = (database: Database, codes: string[]) =>
    createAtOnce(database, scope, creation, (batchId) => newRows(campaign, request, batchId, codes, advocates));
  try {
    const codes = await chooseCodes(campaign, request, advocates.length);
    if (codes && codes.length <= fewMax) return await make(db, codes);
    return await bulkTransaction(async (tx) =>
      make(tx, codes ?? (await walkCodes(tx, campaign, request, advocates.length))),
    );
  } catch (error) {
    // The codes of the same request, sent before, may be what is in the way.
    const earlier = error instanceof DomainError ? await earlierCreation(db, scope, creation) : null;
    if (!earlier) throw error;
    return earlier;
  }
}

/** @throws DomainError `invalid` for a list that no codes can be made for */
async function advocatesOf(request: Request): Promise<string[]> {
  if (request.kind !== "many") return [request.advocate];
  const list = await inTurns(readAdvocates(request.advocates, request.repeated));
  const problem = advocatesProblem(list);
  if (problem) throw invalidField("advocates", problem);
  return list.advocates;
}

async function refuseBadFields(
  scope: Scope<"referrals.create">,
  campaign: WritableCampaign,
  request: Request,
): Promise<void> {
  const fields = attributeProblems(await listAttributes(scope), request.attributes);
  const validity = validityProblem(request.validFrom, request.validUntil, campaign.timeZone);
  if (validity) fields.validUntil = validity;
  const characters = request.kind === "own" ? null : charactersProblem(request.characters, campaign.caseRule);
  if (characters) fields.characters = characters;
  if (Object.keys(fields).length > 0) throw new DomainError("invalid", "Some fields need your attention.", { fields });
}

/** The codes to make; null where they are to be chosen by walking the pattern. */
async function chooseCodes(campaign: WritableCampaign, request: Request, count: number): Promise<string[] | null> {
  const { applicationId } = campaign;
  if (request.kind !== "own") {
    return drawFreeCodes(db, applicationId, codeSpace(request.pattern, request.characters, campaign.caseRule), count);
  }
  const stored = storedCode(request.code, campaign.caseRule);
  if ("problem" in stored) throw invalidField("code", stored.problem);
  const { code } = stored;
  const owner = await db.referral.findUnique({
    where: { applicationId_codeKey: { applicationId, codeKey: code } },
    select: { advocateIntegrationId: true, campaignId: true },
  });
  if (!owner) return [code];
  const other = await db.campaign.findUniqueOrThrow({
    where: { applicationId_id: { applicationId, id: owner.campaignId } },
    select: { name: true },
  });
  const where = owner.campaignId === campaign.campaignId ? "this campaign" : `campaign “${other.name}”`;
  throw invalidField(
    "code",
    `“${code}” is taken: in ${where} it belongs to ${owner.advocateIntegrationId.slice(0, 60)}. Choose another code.`,
  );
}

function walkCodes(tx: Transaction, campaign: WritableCampaign, request: Request, count: number): Promise<string[]> {
  if (request.kind === "own") throw new Error("an own code is not chosen");
  const space = codeSpace(request.pattern, request.characters, campaign.caseRule);
  return walkFreeCodes(tx, campaign.applicationId, space, count);
}

function newRows(
  campaign: WritableCampaign,
  request: Request,
  batchId: string | null,
  codes: string[],
  advocates: string[],
): Prisma.Sql {
  const friend = request.kind === "many" ? null : request.friend;
  return Prisma.sql`
    INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, advocate_search,
      friend_integration_id, usage_limit, valid_from, valid_until, attributes, batch_id, origin)
    SELECT ${campaign.applicationId}, ${campaign.campaignId}, code, code, search, advocate, advocate_search,
      ${friend}, ${request.usageLimit}, ${request.validFrom}::timestamptz, ${request.validUntil}::timestamptz,
      ${JSON.stringify(request.attributes)}::jsonb, ${batchId}, 'created'
    FROM unnest(${codes}::text[], ${codes.map(searchKey)}::text[], ${advocates}::text[],
      ${codes.map((code, index) => advocateKey(code, advocates[index] ?? ""))}::text[]) AS new(code, search, advocate, advocate_search)
    CROSS JOIN opened RETURNING *`;
}

/** What the log keeps of the form. A list of advocates stands there by its length and digest; the codes name them. */
function loggedInput(request: Request, advocates: string[]): Prisma.InputJsonObject {
  const { requestKey: _key, validFrom, validUntil, ...said } = request;
  const input = { ...said, validFrom: validFrom?.toISOString() ?? null, validUntil: validUntil?.toISOString() ?? null };
  if (!("advocates" in input)) return input as Prisma.InputJsonObject;
  const digest = createHash("sha256").update(advocates.join("\n")).digest("hex");
  return { ...input, advocates: advocates.length, advocatesDigest: digest } as Prisma.InputJsonObject;
}
