import { z } from "zod";
import { roles } from "@/lib/access/permissions";
import { emailField, madeId, personName } from "@/lib/accounts/schema";
import { smallIdField } from "@/lib/codes/schema";
import { shortened } from "@/lib/shortened";

const roleField = z.enum(roles, {
  error: ({ input }) => `“${shortened(String(input))}” is no role. There are: ${roles.join(", ")}.`,
});

/** Somebody who is to become a member. */
export const inviteInput = z.strictObject({
  applicationId: smallIdField,
  name: personName,
  email: emailField,
  role: roleField,
});
export type InviteInput = z.output<typeof inviteInput>;

/** The role that a member is to have, and the one that the list showed. */
export const changeRoleInput = z.strictObject({
  applicationId: smallIdField,
  personId: madeId,
  role: roleField,
  shown: roleField,
});
export type ChangeRoleInput = z.output<typeof changeRoleInput>;

/** A member. */
export const memberInput = z.strictObject({ applicationId: smallIdField, personId: madeId });
export type MemberInput = z.output<typeof memberInput>;
