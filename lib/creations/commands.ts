import type { Asked, Scope } from "@/lib/access/scope";
import { holdAttributes, usedOf } from "@/lib/attributes/held";
import { listAttributes } from "@/lib/attributes/queries";
import { attributeProblems } from "@/lib/attributes/rules";
import { charactersProblem, codeSpace } from "@/lib/codes/generator";
import { storedCode } from "@/lib/codes/rules";
import { tidyAfter } from "@/lib/codes/upkeep";
import { type ForEach, type ForMany, logged, newRows, type Request } from "@/lib/creations/request";
import { validityProblem } from "@/lib/creations/rules";
import type { CreateReferrals } from "@/lib/creations/schema";
import { assertRoom, drawFreeCodes, walkFreeCodes } from "@/lib/creations/space";
import { askQuickly, bulkTransaction, db, type Prisma, type Transaction, untilWon } from "@/lib/db";
import { DomainError, invalidField, invalidFields, type Problem } from "@/lib/errors";
import {
  findAdvocates,
  forgetAdvocates,
  giveAdvocates,
  listAdvocates,
  type StagedAdvocates,
} from "@/lib/imports/advocates";
import {
  type Creation,
  type CreationRequest,
  createAtOnce,
  earlierCreation,
  openCreation,
  type Run,
} from "@/lib/operations/creation";
import { inlineLimit } from "@/lib/operations/rules";
import { campaignForWriting, type WritableCampaign } from "@/lib/operations/scope";
import { type ReferralRow, readRow, referralColumns, referralsMade, type StoredRow } from "@/lib/referrals/rows";
import { wakeWorker } from "@/lib/worker/wake";

/** A creation that is stored. `operationId` leads to its result. */
interface CreatedReferrals {
  operationId: string;
  /** Whether the codes are being made in the background. */
  running: boolean;
}

/**
 * Makes a code for each advocate, and records them: all or none of up to `inlineLimit`, more in the background, a part at a
 * time, after the room in the pattern is found to be enough. The same request key makes them once.
 * @throws DomainError `invalid` by field: code taken, too little room in the pattern, attributes, dates; `not_found` also for a
 *   list that is gone; `stale` for one that was lost; `feature_off`; `conflict` when the request key was used for something else
 */
export async function createReferrals(
  scope: Scope<"referrals.create">,
  request: Asked<CreateReferrals>,
): Promise<CreatedReferrals> {
  const campaign = await campaignForWriting(scope);
  await refuseBadFields(scope, campaign, request);
  if (request.kind === "many") return createForList(scope, campaign, request);
  const creation = { kind: "create", ...logged(request), batch: false, codes: 1 } as const;
  const { operationId } = await drawing(() => createNow(scope, campaign, request, creation, [request.advocate]));
  return { operationId: String(operationId), running: false };
}

/**
 * The same for a program, which gives the advocates themselves and may leave pattern and characters to the campaign.
 * @param answered whether the codes are wanted; else none are given
 * @returns the codes in the order of their advocates
 */
export async function createForEach(
  scope: Scope<"referrals.create">,
  { pattern, characters, ...said }: Omit<ForEach, "kind" | "pattern" | "characters"> & DrawnFrom,
  answered: boolean,
): Promise<ReferralRow[]> {
  const campaign = await campaignForWriting(scope);
  const drawn = { pattern: pattern ?? campaign.codePattern, characters: characters ?? campaign.codeCharacters };
  const request: ForEach = { kind: "each", ...said, ...drawn };
  await refuseBadFields(scope, campaign, request);
  const { advocates, batch } = request;
  const creation = { kind: "create", ...logged(request), batch, codes: advocates.length } as const;
  const wanted = answered ? referralColumns : undefined;
  const { operationId, repeated, rows } = await drawing(() =>
    createNow(scope, campaign, request, creation, advocates, wanted),
  );
  tidyAfter(advocates.length);
  return repeated && answered ? referralsMade(scope, String(operationId)) : rows.map(readRow);
}

/** What codes are drawn from; null is what the campaign says. */
interface DrawnFrom {
  pattern: string | null;
  characters: string | null;
}

/** The same for a staged list, which is forgotten when its codes are made. */
async function createForList(
  scope: Scope<"referrals.create">,
  campaign: WritableCampaign,
  request: ForMany,
): Promise<CreatedReferrals> {
  const list = await findAdvocates(scope, request.listId);
  const { batchName = "" } = request;
  const creation = { kind: "create", ...logged(request, list), batch: true, batchName, codes: list.count } as const;
  const running = list.count > inlineLimit;
  const { operationId, repeated } = running
    ? await createLater(scope, campaign, request, creation, list)
    : await drawing(async () => createNow(scope, campaign, request, creation, await listAdvocates(scope, list)));
  if (running) wakeWorker();
  else tidyAfter(list.count);
  if (repeated || !running) await forgetAdvocates(scope, list);
  return { operationId: String(operationId), running };
}

function createLater(
  scope: Scope<"referrals.create">,
  { applicationId, caseRule }: WritableCampaign,
  { pattern, characters, attributes }: ForMany,
  creation: CreationRequest,
  list: StagedAdvocates,
): Promise<Creation> {
  return bulkTransaction(async (tx) => {
    const opened = await openCreation(tx, scope, { ...creation, background: true });
    if (opened.repeated) return opened;
    await holdAttributes(tx, applicationId, usedOf(attributes));
    await assertRoom(tx, applicationId, codeSpace(pattern, characters, caseRule), list.count);
    await giveAdvocates(tx, scope.ids, list, opened.operationId);
    return opened;
  });
}

/** Up to this many codes are made without a transaction around their statement. */
const fewMax = 1000;

async function createNow(
  scope: Scope<"referrals.create">,
  campaign: WritableCampaign,
  request: Request,
  creation: CreationRequest,
  advocates: readonly string[],
  wanted?: Prisma.Sql,
): Promise<Creation & { rows: StoredRow[] }> {
  const make = (run: Run, codes: string[]) =>
    createAtOnce<StoredRow>(
      run,
      scope,
      creation,
      (batchId) => newRows(campaign, request, batchId, codes, advocates),
      wanted,
    );
  try {
    const codes = await chooseCodes(campaign, request, advocates.length);
    if (codes && codes.length <= fewMax) return await make(wanted ? runAnswered : runSilent, codes);
    return await bulkTransaction(async (tx) =>
      make((statement) => tx.$queryRaw(statement), codes ?? (await walkCodes(tx, campaign, request, advocates.length))),
    );
  } catch (error) {
    // The codes of the same request, sent before, may be what is in the way.
    const earlier = error instanceof DomainError ? await earlierCreation(db, scope, creation) : null;
    if (!earlier) throw error;
    return { ...earlier, rows: [] };
  }
}

/** Planning the statement takes longer than carrying it out. */
const prepared =
  (name: string): Run =>
  ({ text, values }) =>
    askQuickly({ name, text }, values);
const [runSilent, runAnswered] = [prepared("make-codes"), prepared("make-codes-and-tell")];
const runTaken = prepared("codes-taken");

async function refuseBadFields(
  scope: Scope<"referrals.create">,
  campaign: WritableCampaign,
  request: Request,
): Promise<void> {
  const named = Object.keys(request.attributes).length > 0;
  const problems: Problem[] = named ? attributeProblems(await listAttributes(scope), request.attributes) : [];
  const validity = validityProblem(request.validFrom, request.validUntil, campaign.timeZone);
  if (validity) problems.push({ field: ["validUntil"], reason: validity });
  const characters = request.kind === "own" ? null : charactersProblem(request.characters, campaign.caseRule);
  if (characters) problems.push({ field: ["characters"], reason: characters });
  if (problems.length > 0) throw invalidFields(problems);
}

/** The codes to make; null where they are to be chosen by walking the pattern. */
async function chooseCodes(campaign: WritableCampaign, request: Request, count: number): Promise<string[] | null> {
  const { applicationId } = campaign;
  if (request.kind !== "own") {
    return drawFreeCodes(
      runTaken,
      applicationId,
      codeSpace(request.pattern, request.characters, campaign.caseRule),
      count,
    );
  }
  const stored = storedCode(request.code, campaign.caseRule);
  if ("problem" in stored) throw invalidField(["code"], stored.problem);
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
  const named = owner.campaignId === campaign.campaignId ? null : other.name;
  const advocate = owner.advocateIntegrationId.slice(0, 60);
  throw invalidField(["code"], { reason: "code_exists", code, campaign: named, advocate });
}

function walkCodes(tx: Transaction, campaign: WritableCampaign, request: Request, count: number): Promise<string[]> {
  if (request.kind === "own") throw new Error("an own code is not chosen");
  const space = codeSpace(request.pattern, request.characters, campaign.caseRule);
  return walkFreeCodes(tx, campaign.applicationId, space, count);
}

/**
 * Draws again where somebody took a code at the same moment. Whoever loses has lost to one who won, so where the last codes of a pattern
 * are wanted by many, all are given before anybody gives up; then drawing says that there is no room.
 */
function drawing<T>(make: () => Promise<T>): Promise<T> {
  return untilWon(make, undefined, 50);
}
