"use server";

import { defineAction } from "@/lib/action";
import { changeRole, handOverLink, inviteMember, removeMember } from "@/lib/members/commands";
import { changeRoleInput, inviteInput, memberInput } from "@/lib/members/schema";

/** Makes somebody a member; a link to hand over is in this answer and nowhere else. */
export const inviteMemberAction = defineAction({ input: inviteInput, permission: "members.write", run: inviteMember });

/** Gives a member another role. */
export const changeRoleAction = defineAction({ input: changeRoleInput, permission: "members.write", run: changeRole });

/** Ends a membership. */
export const removeMemberAction = defineAction({ input: memberInput, permission: "members.write", run: removeMember });

/** Makes a link by which a member sets a new password. */
export const handOverLinkAction = defineAction({
  input: memberInput,
  permission: "members.write",
  run: handOverLink,
  refreshes: false,
});
