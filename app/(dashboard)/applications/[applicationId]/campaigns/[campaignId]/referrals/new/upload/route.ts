import { campaignEndpoint } from "@/lib/endpoint";
import { advocatesFile } from "@/lib/imports/file-kinds";
import { stageAdvocates } from "@/lib/imports/staging";
import { uploaded } from "@/lib/imports/uploaded";

/**
 * Takes a list of advocates as CSV in the raw body, and checks it whole while it streams. Answers the id of the list, by which
 * the form makes codes for it.
 */
export const POST = campaignEndpoint("referrals.create", async ({ scope }, request) => {
  const listId = await stageAdvocates(scope, { name: "advocates.csv", body: uploaded(request, advocatesFile) });
  return Response.json({ ok: true, data: { listId } }, { status: 201 });
});
