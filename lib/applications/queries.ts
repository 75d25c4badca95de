import { cache } from "react";
import { allows } from "@/lib/access/permissions";
import type { ApplicationIds, Everywhere, Scope } from "@/lib/access/scope";
import type { AttributeTitle } from "@/lib/attributes/titles";
import type { CaseRule } from "@/lib/codes/rules";
import { db, type Prisma } from "@/lib/db";

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

/** The applications of whoever asks, oldest first: all of them for who may see all. */
export async function listApplications({ actor }: Scope<"applications.list", Everywhere>): Promise<Application[]> {
  const seesAll = allows(actor.permissions, "applications.read");
  const rows = await db.application.findMany({
    ...(!seesAll && { where: { id: { in: [...(actor.roles?.keys() ?? [])] } } }),
    orderBy: { id: "asc" },
    select: applicationColumns,
  });
  return rows.map(toApplication);
}

/** An application; null where there is none. */
export function getApplication({ ids }: Scope<"applications.read", ApplicationIds>): Promise<Application | null> {
  return applicationOf(ids.applicationId);
}

const applicationOf = cache(async (id: number): Promise<Application | null> => {
  const row = await db.application.findUnique({ where: { id }, select: applicationColumns });
  return row && toApplication(row);
});
