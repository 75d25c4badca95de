import { z } from "zod";
import { idField, smallIdField } from "@/lib/codes/schema";
import { foldName } from "@/lib/fold-name";
import { campaignIdsField } from "@/lib/operations/schema";
import { textField } from "@/lib/text-field";
import { noViewName } from "@/lib/views/rules";

/** A saved view of a campaign's list. */
export interface View {
  id: string;
  name: string;
  /** The list's address without its page, as `listQuery` writes it. */
  query: string;
  version: number;
}

const name = textField(1, 60, "The name of a view").refine((text) => foldName(text) !== foldName(noViewName), {
  error: `“${noViewName}” is the list without a view; choose another name.`,
});
const query = z.string().max(20_000, { error: "This list has more filters than a view can hold; remove some." });

/** A view of what the list shows now. */
export const createViewInput = z.strictObject({ scope: campaignIdsField, name, query });
export type CreateViewInput = z.output<typeof createViewInput>;

/** Another name, another list, or both, for the view as it was shown. */
export const saveViewInput = z.strictObject({
  scope: campaignIdsField,
  viewId: idField,
  version: smallIdField,
  name: name.optional(),
  query: query.optional(),
});
export type SaveViewInput = z.output<typeof saveViewInput>;

/** A deleted view, as deleting it answered. */
export const restoreViewInput = createViewInput.extend({ viewId: idField, version: smallIdField });
export type RestoreViewInput = z.output<typeof restoreViewInput>;

export const deleteViewInput = z.strictObject({ scope: campaignIdsField, viewId: idField });
export type DeleteViewInput = z.output<typeof deleteViewInput>;
