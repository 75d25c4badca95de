/** What a member of an application is there; each may do what the one before may. */
export const roles = ["viewer", "editor", "admin"] as const;
export type Role = (typeof roles)[number];

/** What may be done, and with it the permissions that it is of no use without: whoever holds the one holds these too. */
interface Allowance {
  /** Goes on “… may not”. */
  may: string;
  includes: readonly string[];
  /** The least role that may; null where it is of no application, and only who administers the server may. */
  role: Role | null;
}

const seen = ["applications.read"] as const;
const codesSeen = ["referrals.read", ...seen] as const;

/** All that can be allowed, in one table; pages, actions, endpoints and commands name the line they need. */
export const permissions = {
  "applications.list": { may: "see which applications are theirs", includes: [], role: null },
  "applications.create": { may: "make an application", includes: seen, role: null },
  "applications.read": { may: "see an application, its campaigns and its attributes", includes: [], role: "viewer" },
  "applications.write": { may: "change the settings of an application", includes: seen, role: "admin" },
  "attributes.write": {
    may: "define, change and delete the attributes of an application",
    includes: seen,
    role: "admin",
  },
  "campaigns.write": { may: "make campaigns and save their settings", includes: seen, role: "admin" },
  "referrals.read": {
    may: "see and choose codes, with their redemptions, batches, saved views and the log of what was done to them",
    includes: seen,
    role: "viewer",
  },
  "referrals.create": { may: "make codes", includes: codesSeen, role: "editor" },
  "referrals.import": {
    may: "upload files of codes, see what is wrong with them and import them",
    includes: codesSeen,
    role: "editor",
  },
  "referrals.edit": { may: "edit codes", includes: codesSeen, role: "editor" },
  "referrals.delete": { may: "delete codes", includes: codesSeen, role: "editor" },
  "referrals.export": { may: "download codes as a file", includes: codesSeen, role: "viewer" },
  "redemptions.write": {
    may: "redeem codes in customers’ sessions, and take redemptions back",
    includes: ["customers.read", ...codesSeen],
    role: "admin",
  },
  "customers.read": {
    may: "see customers, their sessions, and who referred whom",
    includes: codesSeen,
    role: "viewer",
  },
  "keys.read": { may: "see which API keys there are", includes: seen, role: "admin" },
  "keys.write": { may: "make, rotate and revoke API keys", includes: ["keys.read", ...seen], role: "admin" },
  "members.read": { may: "see who the members of an application are", includes: seen, role: "admin" },
  "members.write": {
    may: "invite members, change their roles and remove them",
    includes: ["members.read", ...seen],
    role: "admin",
  },
  "audit.read": { may: "see who did what", includes: seen, role: "admin" },
  "views.write": { may: "save, rename and delete the views of a list", includes: codesSeen, role: "editor" },
  "operations.undo": { may: "undo operations", includes: codesSeen, role: "editor" },
  "operations.approve": {
    // what the change does to codes is asked for as well; never of who asked for it
    may: "approve and refuse changes that somebody else asks for",
    includes: codesSeen,
    role: "editor",
  },
  "operations.run": {
    // what an operation does to codes is asked for as well, when it is known which operation it is
    may: "apply plans, and stop or try again what runs in the background",
    includes: codesSeen,
    role: "editor",
  },
  "accounts.read": { may: "see all accounts of the server", includes: [], role: null },
  "accounts.write": {
    may: "make administrators, disable accounts and make links by which somebody gets in",
    includes: ["accounts.read"],
    role: null,
  },
  upkeep: { may: "remove what is old, in every application", includes: [], role: null },
} as const satisfies Record<string, Allowance>;

/** The name of something that may be done. */
export type Permission = keyof typeof permissions;

/** What a permission allows: itself, and what it includes. */
export type Held<P extends Permission> = P | (typeof permissions)[P]["includes"][number];

/** Whether one of some permissions is this one, or includes it. */
export function allows(held: ReadonlySet<Permission>, asked: Permission): boolean {
  const includes = (one: Permission): readonly Permission[] => permissions[one].includes;
  return held.has(asked) || [...held].some((one) => includes(one).includes(asked));
}

/** Every permission there is. */
export const everyPermission: ReadonlySet<Permission> = new Set(Object.keys(permissions) as Permission[]);

/** What a role may do in its application: all that it, or one before it, is named for in the table. */
function heldBy(role: Role): ReadonlySet<Permission> {
  const upTo: readonly (Role | null)[] = roles.slice(0, roles.indexOf(role) + 1);
  return new Set([...everyPermission].filter((one) => upTo.includes(permissions[one].role)));
}

/** What each role may do in its application. */
export const rolePermissions: Record<Role, ReadonlySet<Permission>> = {
  viewer: heldBy("viewer"),
  editor: heldBy("editor"),
  admin: heldBy("admin"),
};
