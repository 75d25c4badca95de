import type { Actor } from "@/lib/access/actor";
import { type Held, type Permission, permissions } from "@/lib/access/permissions";
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
type Place = Everywhere | ApplicationIds | CampaignIds;

declare const held: unique symbol;

class Admission<in P extends Permission, out Ids extends Place> {
  /** Never there. It makes nothing else a scope, and a scope one for its own permissions only. */
  declare readonly [held]: (permission: P) => void;
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
 * takes one; `admit` alone makes them. A scope of several permissions does where one of them is asked for, one of a campaign
 * where its application is.
 */
export type Scope<P extends Permission, Ids extends Place = CampaignIds> = Admission<P, Ids>;

/** What a request asks for, without where: that is the scope's to say. */
export type Asked<Request> = Request extends unknown ? Omit<Request, "scope" | "applicationId" | "campaignId"> : never;

/**
 * Lets an actor do something somewhere. Whether there is such a place is for the query or command to find out.
 * @throws DomainError `forbidden` for an actor without the permission
 */
export function admit<P extends Permission>(actor: Actor, ids: CampaignIds, permission: P): Scope<Held<P>>;
export function admit<P extends Permission>(
  actor: Actor,
  ids: ApplicationIds,
  permission: P,
): Scope<Held<P>, ApplicationIds>;
export function admit<P extends Permission>(actor: Actor, ids: Everywhere, permission: P): Scope<Held<P>, Everywhere>;
export function admit<P extends Permission>(
  actor: Actor,
  ids: { applicationId?: number; campaignId?: number },
  permission: P,
): unknown {
  if (!actor.permissions.has(permission)) {
    throw new DomainError(
      "forbidden",
      `“${actor.name}” may not ${permissions[permission].may}. Whoever runs this server can give the permission “${permission}”.`,
    );
  }
  const { applicationId, campaignId } = ids;
  const place = {
    ...(applicationId !== undefined && { applicationId }),
    ...(campaignId !== undefined && { campaignId }),
  };
  return new Admission(actor, place as Place, permission);
}
