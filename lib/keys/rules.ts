import { allows, everyPermission, type Permission, permissions } from "@/lib/access/permissions";

/** What a key is for: shops' programs redeem and create (integration), back offices manage campaigns (management). */
export const keyKinds = ["integration", "management"] as const;
export type KeyKind = (typeof keyKinds)[number];

/** The word that a kind of key is sent with: `Authorization: ApiKey-v1 <key>`. */
export const authorizationScheme: Record<KeyKind, string> = {
  integration: "ApiKey-v1",
  management: "ManagementKey-v1",
};

/** What an integration key may do; each reaches one application only. */
const integrationPermissions = ["referrals.create", "redemptions.write", "customers.read"] as const;
/** What no key may do: these are for people. */
const notForKeys: readonly Permission[] = [
  "keys.read",
  "keys.write",
  "members.read",
  "members.write",
  "audit.read",
  "operations.approve",
  "views.write",
];

/** What a key of a kind may be given. */
export function grantable(kind: KeyKind): Permission[] {
  if (kind === "integration") return [...integrationPermissions];
  return [...everyPermission].filter(
    (one) => permissions[one].role !== null && !notForKeys.includes(one) && one !== "redemptions.write",
  );
}

/** What a key with some permissions may do of what its kind can: also what these include. */
export function heldOf(kind: KeyKind, given: readonly Permission[]): Permission[] {
  return grantable(kind).filter((one) => allows(new Set(given), one));
}

/** What a permission allows, in words: “make codes”. */
export function permissionWords(permission: Permission): string {
  return permissions[permission].may;
}

/** How many requests a second a key may send, where it says nothing else. */
export const perSecondDefault = 1000;
export const perSecondMax = 100_000;

/** Whether a key can be used at `now`. One that was revoked never is, also where the clock that noted it was ahead of this one. */
export function isUsable(key: { expires: Date | null; revoked: Date | null }, now: Date): boolean {
  return key.revoked === null && !(key.expires && key.expires <= now);
}

/** What has become of a key. One that is `replaced` still works, until it is revoked. */
export type KeyState = "works" | "replaced" | "expired" | "revoked";

/** The state of a key at `now`. @param next the key that was made in its place, if any */
export function keyState(
  key: { expires: Date | null; revoked: Date | null },
  next: { revoked: Date | null } | undefined,
  now: Date,
): KeyState {
  if (key.revoked) return "revoked";
  if (!isUsable(key, now)) return "expired";
  return next && !next.revoked ? "replaced" : "works";
}
