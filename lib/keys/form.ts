import type { z } from "zod";
import type { Permission } from "@/lib/access/permissions";
import type { FieldProblems } from "@/lib/errors";
import { grantable, heldOf, type KeyKind, perSecondDefault } from "@/lib/keys/rules";
import type { createKeyInput } from "@/lib/keys/schema";
import { say } from "@/lib/say";
import { readWholeNumber } from "@/lib/whole-number";
import { parseZoned } from "@/lib/zone";
import { clockSentences } from "@/lib/zone-reasons";

/** A new key as its form holds it. */
export interface KeyForm {
  kind: KeyKind;
  name: string;
  /** Of a management key; an integration key may do all that its kind can. */
  permissions: Permission[];
  end: "none" | "date";
  expires: string;
  perSecond: string;
}

/** The form that a new key begins with: for a shop, without an end. */
export function newKeyForm(): KeyForm {
  return {
    kind: "integration",
    name: "",
    permissions: grantable("management"),
    end: "none",
    expires: "",
    perSecond: String(perSecondDefault),
  };
}

/** All that the key may do. */
export function permissionsOf({ kind, permissions }: KeyForm): Permission[] {
  return kind === "management" ? heldOf(kind, permissions) : grantable(kind);
}

/** What was typed as the action takes it, but for the application; what cannot be read goes to `problems`. */
export function readKeyForm(
  form: KeyForm,
  zone: string,
  problems: FieldProblems,
): Omit<z.input<typeof createKeyInput>, "applicationId"> {
  const perSecond = readWholeNumber(form.perSecond);
  if (typeof perSecond === "string") problems.perSecond = perSecond;
  return {
    kind: form.kind,
    name: form.name,
    permissions: permissionsOf(form),
    perSecond: typeof perSecond === "number" ? perSecond : perSecondDefault,
    expires: form.end === "none" ? null : readEnd(form.expires, zone, problems),
  };
}

function readEnd(text: string, zone: string, problems: FieldProblems): string | null {
  if (text.trim() === "") {
    problems.expires = "Type a date such as 2027-12-31, or let the key work until it is revoked.";
    return null;
  }
  const end = parseZoned(text, zone, "end");
  if (end instanceof Date) return end.toISOString();
  problems.expires = say(clockSentences, end);
  return null;
}
