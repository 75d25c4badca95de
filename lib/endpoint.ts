import { currentActor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permissions";
import { answering, type Handler } from "@/lib/answering";
import { DomainError } from "@/lib/errors";
import { havingReferrals } from "@/lib/operations/scope";
import {
  type ApplicationAddress,
  type ApplicationPlace,
  applicationAt,
  type CampaignAddress,
  type CampaignPlace,
  campaignAt,
} from "@/lib/page";

/**
 * Makes a route handler of the dashboard (uploads, downloads) about an application: who asks and whether they may, run, and every
 * refusal as JSON `{ ok: false, code, message, fields? }` with its status. Requests that change something must come from our
 * own pages.
 */
export function applicationEndpoint<P extends Permission, Params extends ApplicationAddress>(
  permission: P,
  run: (place: ApplicationPlace<P>, request: Request, params: Params) => Promise<Response>,
): Handler<Params> {
  return answering(async (request, params) => {
    const place = await applicationAt(Promise.resolve(params), permission, currentActor);
    if (!place) throw new DomainError("not_found", { reason: "application_unknown", applicationId: null });
    return run(place, request, params);
  });
}

/** The same about a campaign that has the referrals feature. */
export function campaignEndpoint<P extends Permission, Params extends CampaignAddress>(
  permission: P,
  run: (place: CampaignPlace<P>, request: Request, params: Params) => Promise<Response>,
): Handler<Params> {
  return answering(async (request, params) => {
    const place = await campaignAt(Promise.resolve(params), permission, currentActor);
    if (!place) throw new DomainError("not_found", { reason: "campaign_unknown", place: null });
    havingReferrals(place.campaign);
    return run(place, request, params);
  });
}
