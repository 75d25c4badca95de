import type { ApplicationIds, Scope } from "@/lib/access/scope";
import type { Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";

/**
 * Makes every other change to what an application consists of wait until the transaction ends; its codes go on.
 * @throws DomainError `not_found`
 */
export async function lockApplication(
  tx: Transaction,
  { ids: { applicationId } }: Scope<"applications.read", ApplicationIds>,
): Promise<void> {
  const locked = await tx.$executeRaw`SELECT 1 FROM application WHERE id = ${applicationId} FOR NO KEY UPDATE`;
  if (locked === 0) throw new DomainError("not_found", { reason: "application_unknown", applicationId });
}
