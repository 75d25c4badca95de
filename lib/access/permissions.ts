/** What may be done, and with it the permissions that it is of no use without: whoever holds the one holds these too. */
interface Allowance {
  /** Goes on “… may not”. */
  may: string;
  includes: readonly string[];
}

const seen = ["applications.read"] as const;
const codesSeen = ["referrals.read", ...seen] as const;

/** All that can be allowed, in one table; pages, actions, endpoints and commands name the line they need. */
export const permissions = {
  "applications.create": { may: "make an application", includes: seen },
  "applications.read": { may: "see an application, its campaigns and its attributes", includes: [] },
  "applications.write": { may: "change the settings of an application", includes: seen },
  "attributes.write": { may: "define, change and delete the attributes of an application", includes: seen },
  "campaigns.write": { may: "make campaigns and save their settings", includes: seen },
  "referrals.read": {
    may: "see and choose codes, with their redemptions, batches, saved views and the log of what was done to them",
    includes: seen,
  },
  "referrals.create": { may: "make codes", includes: codesSeen },
  "referrals.import": {
    may: "upload files of codes, see what is wrong with them and import them",
    includes: codesSeen,
  },
  "referrals.edit": { may: "edit codes", includes: codesSeen },
  "referrals.delete": { may: "delete codes", includes: codesSeen },
  "referrals.export": { may: "download codes as a file", includes: codesSeen },
  "redemptions.write": {
    may: "redeem codes in customers’ sessions, and take redemptions back",
    includes: ["customers.read", ...codesSeen],
  },
  "customers.read": { may: "see customers, their sessions, and who referred whom", includes: codesSeen },
  "keys.read": { may: "see which API keys there are", includes: seen },
  "keys.write": { may: "make, rotate and revoke API keys", includes: ["keys.read", ...seen] },
  "views.write": { may: "save, rename and delete the views of a list", includes: codesSeen },
  "operations.undo": { may: "undo operations", includes: codesSeen },
  "operations.run": {
    // what an operation does to codes is asked for as well, when it is known which operation it is
    may: "apply plans, and stop or try again what runs in the background",
    includes: codesSeen,
  },
  upkeep: { may: "remove what is old, in every application", includes: [] },
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
