import { everyPermission, type Permission } from "@/lib/access/permissions";

/** What a key is for: shops' programs redeem and create (integration), back offices manage campaigns (management). */
export const keyKinds = ["integration", "management"] as const;
export type KeyKind = (typeof keyKinds)[number];

/** What an integration key may do; each reaches one application only. */
const integrationPermissions = ["referrals.create", "redemptions.write", "customers.read"] as const;
/** What no key may do: these are for people. */
const notForKeys = ["applications.create", "keys.read", "keys.write", "upkeep", "views.write"] as const;

/** What a key of a kind may be given. */
export function grantable(kind: KeyKind): Permission[] {
  if (kind === "integration") return [...integrationPermissions];
  return [...everyPermission].filter(
    (one) => !notForKeys.some((other) => other === one) && one !== "redemptions.write",
  );
}

/** How many requests a second a key may send, where it says nothing else. */
export const perSecondDefault = 1000;
export const perSecondMax = 100_000;

/** Whether a key can be used at `now`. */
export function isUsable(key: { expires: Date | null; revoked: Date | null }, now: Date): boolean {
  return !(key.expires && key.expires <= now) && !(key.revoked && key.revoked <= now);
}
