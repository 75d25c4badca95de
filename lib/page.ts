import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type Actor, currentActor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permissions";
import { admitRecorded } from "@/lib/access/refusal";
import { type Admitted, type ApplicationIds, admit, type CampaignIds, type Everywhere } from "@/lib/access/scope";
import { type SignedIn, signedIn } from "@/lib/access/signed-in";
import { type FormState, formState } from "@/lib/accounts/state";
import { type Application, getApplication } from "@/lib/applications/queries";
import { askedPath } from "@/lib/asked-path";
import { type Campaign, getCampaign } from "@/lib/campaigns/queries";
import { DomainError } from "@/lib/errors";
import { routeId } from "@/lib/route-id";
import { leadingTo, signInPath } from "@/lib/signed-out";

/** The segments of an address that name an application. */
export type ApplicationAddress = { applicationId: string };
/** The segments of an address that name a campaign. */
export type CampaignAddress = ApplicationAddress & { campaignId: string };

/** An application that a page or endpoint is about, and what the actor may do there. */
export interface ApplicationPlace<P extends Permission> {
  scope: Admitted<P, ApplicationIds>;
  application: Application;
}

/** A campaign that a page or endpoint is about, and what the actor may do there. */
export interface CampaignPlace<P extends Permission> {
  scope: Admitted<P, CampaignIds>;
  campaign: Campaign;
}

/** Leads to the page for signing in, and from there back to the page that was asked for. */
async function toSignIn(): Promise<never> {
  redirect(leadingTo(signInPath, askedPath(await headers())));
}

/** Who opens a page; who is not signed in is led to where one does that. */
async function visitor(): Promise<Actor> {
  try {
    return await currentActor();
  } catch (error) {
    if (error instanceof DomainError && error.code === "signed_out") return toSignIn();
    throw error;
  }
}

/** Who is signed in, for pages that are for everybody; null for nobody. */
export function whoeverIsThere(): Promise<SignedIn | null> {
  return signedIn();
}

/** What a page about whoever opens it begins with: who that is, and what became of the form of it that its address names. */
export async function oneself(
  address: Promise<{ form?: string | string[] }>,
): Promise<{ person: SignedIn; state: FormState }> {
  const person = (await signedIn()) ?? (await toSignIn());
  return { person, state: await formState((await address).form) };
}

/**
 * What a page of all applications begins with.
 * @throws DomainError `forbidden`
 */
export async function everywhere<P extends Permission>(permission: P): Promise<Admitted<P, Everywhere>> {
  return admitRecorded(await visitor(), {}, permission);
}

/** Lets somebody in; null where that is none of their applications, as if it was not there. @throws DomainError `forbidden` */
async function admitted<P extends Permission, Ids extends ApplicationIds>(actor: Actor, ids: Ids, permission: P) {
  try {
    return await admitRecorded(actor, ids, permission);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

/**
 * What a page of an application begins with; null where the address names none, or none of theirs.
 * @param whoAsks who is let in; a route refuses whoever is not signed in, where a page leads them elsewhere
 * @throws DomainError `forbidden`
 */
export async function applicationAt<P extends Permission>(
  address: Promise<ApplicationAddress>,
  permission: P,
  whoAsks: () => Promise<Actor> = visitor,
): Promise<ApplicationPlace<P> | null> {
  const applicationId = routeId((await address).applicationId);
  if (applicationId === null) return null;
  const actor = await whoAsks();
  const scope = await admitted(actor, { applicationId }, permission);
  if (!scope) return null;
  // every permission includes this one, but of one that is still to be named the compiler does not know
  const application = await getApplication(admit(actor, { applicationId }, "applications.read"));
  return application && { scope, application };
}

/**
 * What a page of a campaign begins with; null where the address names none, or one of another application.
 * @throws DomainError `forbidden`
 */
export async function campaignAt<P extends Permission>(
  address: Promise<CampaignAddress>,
  permission: P,
  whoAsks: () => Promise<Actor> = visitor,
): Promise<CampaignPlace<P> | null> {
  const { applicationId, campaignId } = await address;
  const ids = { applicationId: routeId(applicationId), campaignId: routeId(campaignId) };
  if (!isPlace(ids)) return null;
  const actor = await whoAsks();
  const scope = await admitted(actor, ids, permission);
  if (!scope) return null;
  const campaign = await getCampaign(admit(actor, ids, "applications.read"));
  return campaign && { scope, campaign };
}

function isPlace(ids: { [id in keyof CampaignIds]: number | null }): ids is CampaignIds {
  return ids.applicationId !== null && ids.campaignId !== null;
}
