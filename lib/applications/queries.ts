import { cache } from "react";
import type { Actor } from "@/lib/access/actor";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { db, type Prisma } from "@/lib/db";
import type { CaseRule } from "@/lib/referrals/rules";
import { routeId } from "@/lib/route-id";

/** A shop or app as its pages need it. */
export interface Application {
  id: number;
  name: string;
  timeZone: string;
  caseRule: CaseRule;
  /** What the attributes of its referrals are called, in the order forms show them. */
  attributes: AttributeTitle[];
}

/** The columns of an Application, for queries that join it. */
export const applicationColumns = {
  id: true,
  name: true,
  timeZone: true,
  caseSensitivity: true,
  attributes: { select: { name: true, title: true, type: true }, orderBy: [{ position: "asc" }, { name: "asc" }] },
} satisfies Prisma.ApplicationSelect;

/** An Application from its columns. */
export function toApplication(row: {
  id: number;
  name: string;
  timeZone: string;
  caseSensitivity: string;
  attributes: { name: string; title: string; type: string }[];
}): Application {
  const { id, name, timeZone } = row;
  const attributes = row.attributes as AttributeTitle[];
  return { id, name, timeZone, attributes, caseRule: row.caseSensitivity as CaseRule };
}

/** The applications the actor may see, oldest first. */
export const listApplications = cache(async (_actor: Actor): Promise<Application[]> => {
  const rows = await db.application.findMany({ orderBy: { id: "asc" }, select: applicationColumns });
  return rows.map(toApplication);
});

/** An application by the id in the address; null if there is none that the actor may see. */
export const getApplication = cache(async (_actor: Actor, applicationId: string): Promise<Application | null> => {
  const id = routeId(applicationId);
  if (id === null) return null;
  const row = await db.application.findUnique({ where: { id }, select: applicationColumns });
  return row && toApplication(row);
});
