import type { z } from "zod";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { unknownNames } from "@/lib/attributes/rules";
import { attributeValueField, byAttribute } from "@/lib/attributes/schema";
import { DomainError, invalidField } from "@/lib/errors";
import { type Refusal, refusalText } from "@/lib/operations/reasons";
import type { OperationSummary } from "@/lib/operations/rules";
import { changesNothing, type EditChanges, editChangesField } from "@/lib/operations/schema";
import { dateField, limitField } from "./fields";
import { ApiProblem } from "./problems";

/** What can be changed of codes, one or all of a batch: what is left out stays, null clears. */
export const changeFields = {
  startDate: dateField.nullable().optional(),
  expiryDate: dateField.nullable().optional(),
  usageLimit: limitField.optional(),
  attributes: byAttribute(attributeValueField.nullable())
    .nullable()
    .optional()
    .describe("Merged key by key: null removes one, or all of them in place of the object."),
};

/** When a change of codes is refused for the application's setting on approval, as descriptions say it. */
export const needsApproval =
  "it is of more codes than this application lets be changed without a second person’s approval";

interface Changes extends Partial<z.output<z.ZodObject<typeof changeFields>>> {
  friendProfileIntegrationId?: string | null | undefined;
}

/** That both dates of a body, where it gives both, are in order. What a code holds beside one of them is for the command to judge. */
export function refuseCrossedDates({ startDate, expiryDate }: Changes, context: z.RefinementCtx): void {
  if (!startDate || !expiryDate || startDate < expiryDate) return;
  const message = `The end is not after the start, ${startDate.toISOString()}: give a later one, or an earlier start.`;
  context.addIssue({ code: "custom", path: ["expiryDate"], message });
}

const instruction = (value: unknown) =>
  value === undefined ? { do: "leave" } : value === null ? { do: "clear" } : { do: "set", value };

/**
 * What a body says as an edit; null where it changes nothing.
 * @param definitions the application's attributes
 * @throws DomainError `invalid` for an attribute that is to be removed and that there is not
 */
export function editOf(body: Changes, definitions: readonly AttributeDefinition[]): EditChanges | null {
  const all = () => Object.fromEntries(definitions.map(({ name }) => [name, null]));
  const attributes = Object.entries(body.attributes === null ? all() : (body.attributes ?? {}));
  for (const [name, value] of attributes)
    if (value === null && !definitions.some((one) => one.name === name))
      throw invalidField(["attributes", name], unknownNames([name], definitions));
  const edit = editChangesField.parse({
    validFrom: instruction(body.startDate instanceof Date ? body.startDate.toISOString() : body.startDate),
    validUntil: instruction(body.expiryDate instanceof Date ? body.expiryDate.toISOString() : body.expiryDate),
    usageLimit: instruction(body.usageLimit),
    friendIntegrationId: instruction(body.friendProfileIntegrationId),
    attributes: Object.fromEntries(
      attributes.map(([name, value]) => [name, value === null ? { do: "remove" } : { do: "set", value }]),
    ),
  });
  return changesNothing(edit) ? null : edit;
}

/** Which field of a body a code refuses. */
function refusedField(refusal: Refusal, body: Changes): string {
  if (refusal === "limit_below_redemptions") return "/usageLimit";
  if (refusal === "friend_is_advocate") return "/friendProfileIntegrationId";
  if (refusal === "attributes_too_large") return "/attributes";
  return body.expiryDate === undefined ? "/startDate" : "/expiryDate";
}

/**
 * Changes codes, all or none.
 * @throws ApiProblem 400 where a code refuses it, or they are too many
 */
export async function changed<Result>(body: Changes, change: () => Promise<Result>): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "too_large") throw new ApiProblem(400, error.message);
    const { refusals } = (error.more.details ?? {}) as Partial<Pick<OperationSummary, "refusals">>;
    if (error.code !== "conflict" || !refusals) throw error;
    const errors = refusals.map(({ refusal, count, codes }) => ({
      title: "Refused",
      details: `${refusalText(refusal, count)} ${codes.length < count ? "Some of them" : "That is"}: ${codes.join(", ")}.`,
      source: { pointer: refusedField(refusal, body) },
    }));
    throw new ApiProblem(400, error.message, errors);
  }
}
