"use server";

import { mailLink } from "@/lib/accounts/mailed";
import { defineAction } from "@/lib/action";
import { changeRole, handOverLink, inviteMember, removeMember } from "@/lib/members/commands";
import { mailInvitation } from "@/lib/members/mailed";
import { changeRoleInput, inviteInput, memberInput } from "@/lib/members/schema";

/** Makes somebody a member; a link to hand over is in this answer and, where mails are sent, in one to them. */
export const inviteMemberAction = defineAction({
  input: inviteInput,
  permission: "members.write",
  run: async (scope, input) => {
    const made = await inviteMember(scope, input);
    return { ...made, mail: await mailInvitation(scope, made) };
  },
});

/** Gives a member another role. */
export const changeRoleAction = defineAction({ input: changeRoleInput, permission: "members.write", run: changeRole });

/** Ends a membership. */
export const removeMemberAction = defineAction({ input: memberInput, permission: "members.write", run: removeMember });

/** Makes a link by which a member sets a new password. */
export const handOverLinkAction = defineAction({
  input: memberInput,
  permission: "members.write",
  run: async (scope, input) => {
    const made = await handOverLink(scope, input);
    return { ...made, mail: await mailLink(made) };
  },
  refreshes: false,
});
