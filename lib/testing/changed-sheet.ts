import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { planChanges } from "@/lib/imports/changes";
import type { ImportDetail } from "@/lib/imports/queries";
import { planChangesInput } from "@/lib/imports/schema";
import { applyPlan } from "@/lib/operations/apply";
import { planEdit } from "@/lib/operations/edit";
import { editChangesField } from "@/lib/operations/schema";
import { admitted, makeBatch, makeCampaign, type TestCode } from "@/lib/testing/builders";
import { type Sheet, sheetOf, uploadedSheet } from "@/lib/testing/sheets";

/** The campaign of the test that runs. */
export let scope: CampaignIds;
/** The ids of its codes. */
export let ids: string[];
/** Its file, as rows. */
export let sheet: Sheet;
/** Makes a campaign without codes. */
export async function makeEmpty(): Promise<void> {
  scope = await makeCampaign();
}

/** Makes a campaign of three codes, and its file to change and upload again. */
export async function makeSheet(): Promise<void> {
  await makeEmpty();
  const codes = [
    { code: "SHEET-0001", usageLimit: 5, validUntil: "2027-01-31T23:00:00Z", attributes: { tier: "gold", points: 3 } },
    {
      code: "SHEET-0002",
      usageLimit: 0,
      validFrom: "2026-05-01T10:00:15Z",
      attributes: { vip: true, tags: ["a", "b"] },
    },
    { code: "SHEET-0003", usageLimit: 9 },
  ];
  await makeSheetOf(codes);
}

/** Makes a batch of codes in the campaign, and its file. */
export async function makeSheetOf(codes: TestCode[]): Promise<void> {
  ids = (await makeBatch(scope, codes)).ids;
  sheet = await sheetOf(scope);
}

/** The columns of dates. */
export const [from, until] = ["Valid from (Europe/Berlin)", "Valid until (Europe/Berlin)"];
/** A row of the file, from 1 on. */
export const row = (number: number) => sheet[number - 1] as Record<string, string>;
/** Writes cells of a row. */
export const set = (number: number, cells: Record<string, string>) => Object.assign(row(number), cells);
/** Uploads the file as it is by now. */
export const upload = () => uploadedSheet(scope, sheet);
/** Plans the changes of a file. */
export const ask = (file: ImportDetail, more: Partial<ReturnType<typeof planChangesInput.parse>> = {}) =>
  planChanges(admitted(scope), { ...planChangesInput.parse({ ...scope, importId: file.id }), ...more });
/** Plans and applies them. */
export const applied = async (file: ImportDetail, more: Parameters<typeof ask>[1] = {}) =>
  applyPlan(admitted(scope), { planId: (await ask(file, more)).planId });
/** A code as it is stored by now. */
export const now = (number: number) =>
  db.referral.findFirstOrThrow({ where: { ...scope, id: BigInt(ids[number - 1] ?? "0") } });

/** The reason why something is refused. */
export async function refusedFor(promise: Promise<unknown>): Promise<string | undefined> {
  const thrown = await promise.catch((error: unknown) => error);
  return thrown instanceof DomainError ? thrown.reason.reason : undefined;
}

/** An edit by somebody else, after the file was made. */
export async function meanwhile(number: number, changes: Parameters<typeof editChangesField.parse>[0]): Promise<void> {
  const selection = { by: "ids" as const, ids: [ids[number - 1] ?? ""] };
  const { planId } = await planEdit(admitted(scope), { selection, changes: editChangesField.parse(changes) });
  await applyPlan(admitted(scope), { planId });
}
