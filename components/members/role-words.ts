import type { Role } from "@/lib/access/permissions";
import { roles } from "@/lib/access/permissions";
import { asLabel } from "@/lib/words";

const help: Record<Role, string> = {
  viewer: "Sees, copies and exports codes, customers and figures. Changes nothing.",
  editor: "Creates, imports, edits, deletes and undoes as well.",
  admin: "Everything in this application: also campaigns, settings, API keys and members.",
};

/** The roles to choose from, each with what it is for. */
export const roleOptions = roles.map((value) => ({ value, label: asLabel(value), help: help[value] }));
