import { campaignEndpoint } from "@/lib/endpoint";
import { choosePastedBody } from "@/lib/selections/pasted-body";

/** Chooses the codes in a pasted text, which is the raw body, and says what became of each: `{ ok: true, data: Choice }`. */
export const POST = campaignEndpoint("referrals.read", async ({ scope }, request) => {
  const choice = await choosePastedBody(scope, request);
  return Response.json({ ok: true, data: choice }, { status: 201 });
});
