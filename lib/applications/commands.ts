import type { Actor } from "@/lib/actor";
import { type Application, applicationColumns, toApplication } from "@/lib/applications/queries";
import type { CreateApplicationInput } from "@/lib/applications/schema";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";

/**
 * Makes an application. A form that is sent twice makes one, because names differ.
 * @throws DomainError `invalid` for a name that an application has
 */
export async function createApplication(
  _actor: Actor,
  { name, timeZone, caseRule }: CreateApplicationInput,
): Promise<{ applicationId: number }> {
  return db.$transaction(async (tx) => {
    // nobody takes the name between the look and the insert; reading goes on
    await tx.$executeRaw`LOCK TABLE application IN SHARE ROW EXCLUSIVE MODE`;
    const namesake = await tx.application.findFirst({ where: { name }, select: { id: true } });
    if (namesake) throw invalidField("name", `There is an application “${name}” already; choose another name.`);
    const data = { name, timeZone, caseSensitivity: caseRule };
    const { id } = await tx.application.create({ data, select: { id: true } });
    return { applicationId: id };
  });
}

/**
 * Loads the application and makes every other change to what it consists of wait until the transaction ends; its codes
 * go on.
 * @throws DomainError `not_found` for an application that the actor cannot see
 */
export async function lockApplication(tx: Transaction, _actor: Actor, id: number): Promise<Application> {
  await tx.$executeRaw`SELECT 1 FROM application WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await tx.application.findUnique({ where: { id }, select: applicationColumns });
  if (!row) throw new DomainError("not_found", `There is no application ${id}.`);
  return toApplication(row);
}
