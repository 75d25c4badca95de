import { type Permission, permissions, type Role } from "@/lib/access/permissions";
import type { Sentences } from "@/lib/say";
import { signedOut } from "@/lib/signed-out";
import { asLabel } from "@/lib/words";

/** Why somebody is not let in, or not there. */
export type AccessReason =
  | { reason: "not_permitted"; actor: string; permission: Permission }
  | { reason: "other_site" }
  | { reason: "signed_out" }
  | { reason: "application_unknown"; applicationId: number | null }
  | { reason: "fields_invalid" }
  | { reason: "form_large"; bytes: number }
  | { reason: "body_type"; asked: string; sent: string };

export const accessSentences: Sentences<AccessReason> = {
  not_permitted: ({ actor, permission }) =>
    `“${actor}” may not ${permissions[permission].may}. ${giver(permissions[permission].role)} the permission “${permission}”.`,
  other_site: () => "This request came from another site and was not carried out.",
  signed_out: () => signedOut,
  application_unknown: ({ applicationId }) =>
    applicationId === null ? "There is no such application." : `There is no application ${applicationId}.`,
  form_large: ({ bytes }) => `This form is larger than ${bytes} bytes; shorten what is in it.`,
  body_type: ({ asked, sent }) =>
    `The body has to come as “Content-Type: ${asked}”, not ${sent === "" ? "without a type" : `as “${sent}”`}.`,
  fields_invalid: () => "Some fields need your attention.",
};

const giver = (role: Role | null) =>
  role === null
    ? "Only who administers this server has"
    : `An admin of the application can give the role ${asLabel(role)}, which has`;
