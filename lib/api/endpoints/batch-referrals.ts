import { z } from "zod";
import { askedFields } from "@/lib/api/asked";
import { changed, changeFields, editOf, needsApproval, refuseCrossedDates } from "@/lib/api/changes";
import { endpoint } from "@/lib/api/endpoint";
import { inCampaign } from "@/lib/api/fields";
import { referralPointers } from "@/lib/api/pointers";
import { listAttributes } from "@/lib/attributes/queries";
import { batchIdField } from "@/lib/codes/schema";
import { DomainError } from "@/lib/errors";
import { deleteAtOnce, editAtOnce } from "@/lib/operations/at-once";
import { campaignForWriting } from "@/lib/operations/scope";
import { sizeOf } from "@/lib/operations/target";
import { matchingAsked } from "@/lib/referrals/list/asked";
import { chooseMatching } from "@/lib/selections/commands";

const common = {
  path: "/v1/applications/{applicationId}/campaigns/{campaignId}/referrals",
  key: "management",
  tag: "Referrals",
  params: inCampaign,
  pointers: referralPointers,
} as const;

export const updateReferrals = endpoint({
  ...common,
  name: "updateReferrals",
  method: "PUT",
  permission: "referrals.edit",
  summary: "Change all codes of a batch",
  description:
    "As for one code: what is left out stays, `null` clears, attributes are merged. All codes of the batch are changed, or none where one of them refuses. Up to 100,000 at a time, as an operation that can be undone in the dashboard; larger batches are changed there. An extension of ours.",
  body: z.strictObject({ batchID: batchIdField, ...changeFields }).superRefine(refuseCrossedDates),
  example: { batchID: "abcdefgh", expiryDate: "2030-01-31T23:00:00Z" },
  answers: { 204: { description: "Every code of the batch is so now." } },
  refusals: {
    400: "a code of the batch cannot hold a value",
    403: needsApproval,
    404: "the campaign has no such batch",
  },
  async run({ scope, body: { batchID: batchId, ...body } }) {
    await campaignForWriting(scope);
    const selection = { by: "batch", batchId } as const;
    if ((await sizeOf(scope, selection)) === 0)
      throw new DomainError("not_found", { reason: "batch_unknown", batchId, campaignId: scope.ids.campaignId });
    const changes = editOf(body, await listAttributes(scope));
    if (changes) await changed(body, () => editAtOnce(scope, { selection, changes }));
    return { status: 204 };
  },
});

const query = z
  .strictObject({ batchId: batchIdField.optional(), ...askedFields })
  .refine((asked) => Object.values(asked).some((value) => value !== undefined), {
    error: "This would delete every code of the campaign: give a filter, such as batchId.",
  });

export const deleteReferrals = endpoint({
  ...common,
  name: "deleteReferrals",
  method: "DELETE",
  permission: "referrals.delete",
  summary: "Delete all codes that match",
  description:
    "Filters combine, and there has to be one. Redeemed codes go, too. Up to 100,000 at a time, as an operation that can be undone in the dashboard; more are deleted there. Where no code matches, nothing is done. An extension of ours.",
  query,
  exampleQuery: { batchId: "abcdefgh" },
  answers: { 204: { description: "No code that matched is left." } },
  refusals: {
    400: "no filter is given, or more codes match than are deleted at a time",
    403: needsApproval,
    404: "there is no such campaign",
  },
  async run({ scope, query: asked }) {
    const { timeZone: zone } = await campaignForWriting(scope);
    const condition = matchingAsked({ ...scope.ids, zone, now: new Date() }, asked);
    const { selectionId } = await chooseMatching(scope, condition);
    if (selectionId !== null)
      await changed({}, () => deleteAtOnce(scope, { selection: { by: "selection", selectionId } }));
    return { status: 204 };
  },
});
