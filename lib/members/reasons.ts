import type { Sentences } from "@/lib/say";

/** Why somebody does not become a member, or is not changed. */
export type MemberReason =
  | { reason: "member_already"; email: string; name: string }
  | { reason: "member_unknown" }
  | { reason: "member_last_admin"; name: string }
  | { reason: "member_changed"; name: string; role: string }
  | { reason: "members_full"; count: number }
  | { reason: "member_elsewhere"; name: string };

export const memberSentences: Sentences<MemberReason> = {
  member_already: ({ email, name }) => `${email} is ${name}, who is a member already. Change the role in the list.`,
  member_unknown: () => "This member is not there any more; somebody removed them meanwhile.",
  member_last_admin: ({ name }) =>
    `${name} is the only admin of this application. Make somebody else an admin first, then try again.`,
  member_changed: ({ name, role }) =>
    `Somebody else made ${name} ${role} meanwhile, and nothing was changed. The list shows it now.`,
  members_full: ({ count }) => `This application has ${count} members, the most it can have. Remove one first.`,
  member_elsewhere: ({ name }) =>
    `${name} can do more than this application lets you give, so only who administers the server can make a link for them.`,
};
