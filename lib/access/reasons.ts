import { type Permission, permissions } from "@/lib/access/permissions";
import type { Sentences } from "@/lib/say";
import { signedOut } from "@/lib/signed-out";

/** Why somebody is not let in, or not there. */
export type AccessReason =
  | { reason: "not_permitted"; actor: string; permission: Permission }
  | { reason: "other_site" }
  | { reason: "signed_out" }
  | { reason: "application_unknown"; applicationId: number | null }
  | { reason: "fields_invalid" }
  | { reason: "form_large"; bytes: number };

export const accessSentences: Sentences<AccessReason> = {
  not_permitted: ({ actor, permission }) =>
    `“${actor}” may not ${permissions[permission].may}. Whoever runs this server can give the permission “${permission}”.`,
  other_site: () => "This request came from another site and was not carried out.",
  signed_out: () => signedOut,
  application_unknown: ({ applicationId }) =>
    applicationId === null ? "There is no such application." : `There is no application ${applicationId}.`,
  form_large: ({ bytes }) => `This form is larger than ${bytes} bytes; shorten what is in it.`,
  fields_invalid: () => "Some fields need your attention.",
};
