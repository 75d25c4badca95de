import { type Actor, knows, permissionsIn } from "@/lib/access/actor";
import { allows, type Held, type Permission } from "@/lib/access/permissions";
import { DomainError } from "@/lib/errors";

/** All applications. */
export interface Everywhere {
  applicationId?: never;
}
/** One application. */
export interface ApplicationIds {
  applicationId: number;
}
/** One campaign of an application. */
export interface CampaignIds extends ApplicationIds {
  campaignId: number;
}
export type Place = Everywhere | ApplicationIds | CampaignIds;

class Admission<in P extends Permission, out Ids extends Place> {
  /** Never there. By it nothing else is a scope, no copy either, and a scope is one for its own permissions only. */
  declare private readonly held: (permission: P) => void;
  readonly actor: Actor;
  /** Where: what a query or command asks for names these, and nothing that the request says. */
  readonly ids: Ids;
  /** What was asked for; it may include others. */
  readonly permission: Permission;

  constructor(actor: Actor, ids: Ids, permission: Permission) {
    this.actor = actor;
    this.ids = ids;
    this.permission = permission;
  }
}

/**
 * That an actor may do something in a campaign (or, with other `Ids`, an application, or everywhere). Every query and command
 * takes one; `admit` alone makes them. A scope does where a permission is asked for that its own includes, one of a campaign where
 * its application is.
 */
export type Scope<P extends Permission, Ids extends Place = CampaignIds> = Admission<Held<P>, Ids>;

/** What an input says of where: in `scope`, or by the ids themselves. */
export type PlaceIn<Input> = Input extends { scope: infer Ids }
  ? PlaceIn<Ids>
  : Input extends CampaignIds
    ? CampaignIds
    : Input extends ApplicationIds
      ? ApplicationIds
      : Everywhere;

/** What a request may say of where. */
interface Located {
  scope?: object;
  applicationId?: number;
  campaignId?: number;
}

/** What a request asks for, without where: that is the scope's to say. */
export type Asked<Request> = Request extends unknown ? Omit<Request, "scope" | "applicationId" | "campaignId"> : never;

/** A request without where. */
export function asked<Request extends object>(request: Request): Asked<Request> {
  const { scope: _scope, applicationId: _a, campaignId: _c, ...rest }: Located = request;
  return rest as Asked<Request>;
}

/** The scope of an admission. Of one of two permissions, where it is not known which, no more follows than from either. */
export type Admitted<P extends Permission, Ids extends Place> = P extends Permission ? Scope<P, Ids> : never;

/**
 * Lets an actor do something where an input says. Whether there is such a place is for the query or command to find out.
 * @throws DomainError `forbidden` for an actor without the permission; `not_found` in an application that is none of theirs
 */
export function admit<P extends Permission, Input extends object>(
  actor: Actor,
  input: Input,
  permission: P,
): Admitted<P, PlaceIn<Input>> {
  const place = placeIn(input);
  const { applicationId } = place;
  if (applicationId !== undefined && !knows(actor, applicationId))
    throw new DomainError("not_found", { reason: "application_unknown", applicationId });
  if (!allows(permissionsIn(actor, applicationId), permission))
    throw new DomainError("forbidden", { reason: "not_permitted", actor: actor.name, permission });
  return new Admission(actor, place, permission) as Admitted<P, PlaceIn<Input>>;
}

/** Where an input says, without anything else that it says. */
export function placeIn(input: Located): Place {
  if (input.scope) return placeIn(input.scope);
  const { applicationId, campaignId } = input;
  if (applicationId === undefined) return {};
  return campaignId === undefined ? { applicationId } : { applicationId, campaignId };
}
