import { type Actor, permissionsIn } from "@/lib/access/actor";
import { allows, everyPermission, type Permission } from "@/lib/access/permissions";
import type { Place } from "@/lib/access/scope";

/** Who was let in, and where. A scope is such. */
export type Entered = { actor: Actor; ids: Place };

/** Whether somebody who was let in may do something there as well. It lets nobody in: it is for what pages offer. */
export function may({ actor, ids }: Entered, permission: Permission): boolean {
  return allows(permissionsIn(actor, ids.applicationId), permission);
}

/** What somebody who was let in may not do there. */
export function lacking(entered: Entered): Permission[] {
  return [...everyPermission].filter((one) => !may(entered, one));
}
