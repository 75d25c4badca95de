import { createHash } from "node:crypto";
import type { Asked } from "@/lib/access/scope";
import { advocateKey, searchKey } from "@/lib/codes/folding";
import { recordedOf, recordedText } from "@/lib/codes/recorded";
import type { CreateReferrals } from "@/lib/creations/schema";
import { Prisma } from "@/lib/db";
import type { StagedAdvocates } from "@/lib/imports/advocates";
import type { CreationRequest } from "@/lib/operations/creation";
import type { WritableCampaign } from "@/lib/operations/scope";

/** What a form asks for: a code for each advocate of a staged list. */
export type ForMany = Extract<Asked<CreateReferrals>, { kind: "many" }>;

/** What a program asks for: a code for each of up to `inlineLimit` advocates, who may stand there more than once. */
export interface ForEach extends Omit<ForMany, "kind" | "listId" | "batchName"> {
  kind: "each";
  advocates: readonly string[];
  friend: string | null;
  /** Whether the codes are a batch. */
  batch: boolean;
}
/** What is asked for. */
export type Request = Asked<CreateReferrals> | ForEach;

/** The codes as rows, as SQL: the first code is of the first advocate. `opened` is the operation that makes them. */
export function newRows(
  campaign: WritableCampaign,
  request: Request,
  batchId: string | null,
  codes: string[],
  advocates: readonly string[],
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, advocate_search,
      friend_integration_id, usage_limit, valid_from, valid_until, attributes, batch_id, origin)
    SELECT ${campaign.applicationId}, ${campaign.campaignId}, code, code, search, advocate, advocate_search,
      ${friendOf(request)}, ${request.usageLimit}, ${request.validFrom}::timestamptz, ${request.validUntil}::timestamptz,
      ${JSON.stringify(request.attributes)}::jsonb, ${batchId}, 'created'
    FROM unnest(${codes}::text[], ${codes.map(searchKey)}::text[], ${[...advocates]}::text[],
      ${codes.map((code, index) => advocateKey(code, advocates[index] ?? ""))}::text[]) AS new(code, search, advocate, advocate_search)
    CROSS JOIN opened RETURNING *`;
}

/** The form's own key, and what the log keeps of it. A list stands there by its length and digest; the codes name its advocates. */
export function logged(
  request: Request,
  list = listOf(request),
): Pick<CreationRequest, "requestKey" | "input" | "given"> {
  const { requestKey, validFrom, validUntil, ...said } = request;
  const { listId: _listId, ...kept } = { listId: null, ...said };
  const input = { ...kept, validFrom: validFrom?.toISOString() ?? null, validUntil: validUntil?.toISOString() ?? null };
  const advocates = list && { advocates: list.count, advocatesDigest: list.digest };
  const given = recordedText(recordedOf({ ...request, friendIntegrationId: friendOf(request) }));
  return { requestKey, input: { ...input, ...advocates } as Prisma.InputJsonObject, given };
}

const friendOf = (request: Request) => (request.kind === "many" ? null : request.friend);

/** A list that a request brings itself. An ID can hold a line break. */
function listOf(request: Request): Pick<StagedAdvocates, "count" | "digest"> | undefined {
  if (request.kind !== "each") return undefined;
  const digest = createHash("sha256").update(JSON.stringify(request.advocates)).digest("hex");
  return { count: request.advocates.length, digest };
}
