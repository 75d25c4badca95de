import { cache } from "react";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { db } from "@/lib/db";

/** The attributes of an application's referrals, in the order forms show them. */
export function listAttributes({ ids }: Scope<"applications.read", ApplicationIds>): Promise<AttributeDefinition[]> {
  return attributesOf(ids.applicationId);
}

const attributesOf = cache(async (applicationId: number): Promise<AttributeDefinition[]> => {
  const rows = await db.attributeDefinition.findMany({
    where: { applicationId },
    orderBy: [{ position: "asc" }, { name: "asc" }],
    select: { name: true, title: true, description: true, type: true, suggestions: true, restricted: true },
  });
  return rows as AttributeDefinition[];
});
