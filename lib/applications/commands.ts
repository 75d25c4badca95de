import { audit, differing } from "@/lib/access/audit";
import { lockApplication } from "@/lib/access/lock";
import type { ApplicationIds, Asked, Everywhere, Scope } from "@/lib/access/scope";
import { type Application, applicationColumns, toApplication } from "@/lib/applications/queries";
import type { CreateApplicationInput, SaveTimeZoneInput } from "@/lib/applications/schema";
import { moveUses } from "@/lib/budgets/hold";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { toWall } from "@/lib/zone";

/**
 * Makes an application. A form that is sent twice makes one, because names differ.
 * @throws DomainError `invalid` for a name that an application has, or a zone that the database does not know alike
 */
export async function createApplication(
  scope: Scope<"applications.create", Everywhere>,
  { name, timeZone, caseRule }: CreateApplicationInput,
): Promise<{ applicationId: number }> {
  await refuseStrangeZone(timeZone);
  return db.$transaction(async (tx) => {
    // nobody takes the name between the look and the insert; reading goes on
    await tx.$executeRaw`LOCK TABLE application IN SHARE ROW EXCLUSIVE MODE`;
    const namesake = await tx.application.findFirst({ where: { name }, select: { id: true } });
    if (namesake) throw invalidField(["name"], { reason: "application_name_taken", name });
    const data = { name, timeZone, caseSensitivity: caseRule };
    const { id } = await tx.application.create({ data, select: { id: true } });
    await audit(
      tx,
      { ...scope, ids: { applicationId: id } },
      { event: "application_made", subject: name, after: data },
    );
    return { applicationId: id };
  });
}

/** @throws DomainError `invalid` for a zone that the database does not know, or whose clocks it has otherwise */
async function refuseStrangeZone(timeZone: string): Promise<void> {
  const year = new Date().getUTCFullYear();
  const instants = [0, 6].map((month) => new Date(Date.UTC(year, month, 1)));
  const rows = await db.$queryRaw<{ instant: Date; wall: Date }[]>`
    SELECT instant, ((instant AT TIME ZONE zone.name) AT TIME ZONE 'UTC') AS wall
    FROM pg_timezone_names zone, unnest(${instants}::timestamptz[]) instant WHERE lower(zone.name) = lower(${timeZone})`;
  const alike = rows.every(({ instant, wall }) => toWall(instant, timeZone).getTime() === wall.getTime());
  if (rows.length > 0 && alike) return;
  const reason = rows.length > 0 ? "zone_unlike" : "zone_not_in_database";
  throw invalidField(["timeZone"], { reason, timeZone });
}

/**
 * Changes the zone of an application's clocks, if it is still the one that was shown. Instants stay as they are, and budgets go on.
 * @throws DomainError `invalid` for a zone that the database does not know alike; `not_found`; `stale`; `conflict` while an
 *   operation is under way, which is planned on the old clocks
 */
export async function saveTimeZone(
  scope: Scope<"applications.write", ApplicationIds>,
  { timeZone, shown }: Asked<SaveTimeZoneInput>,
): Promise<{ timeZone: string }> {
  const { applicationId } = scope.ids;
  await refuseStrangeZone(timeZone);
  return db.$transaction(async (tx) => {
    const application = await lockedApplication(tx, scope);
    if (application.timeZone !== shown)
      throw new DomainError("stale", { reason: "zone_changed", timeZone: application.timeZone });
    const underway = await tx.operation.count({ where: { applicationId, state: { in: ["planning", "running"] } } });
    if (underway > 0) throw new DomainError("conflict", { reason: "operation_underway" });
    await moveUses(tx, scope, { from: application.timeZone, to: timeZone });
    await tx.application.update({ where: { id: applicationId }, data: { timeZone } });
    await audit(tx, scope, {
      event: "zone_changed",
      subject: application.name,
      ...differing<{ timeZone: string }>(application, { timeZone }),
    });
    return { timeZone };
  });
}

/**
 * Loads the application, locked.
 * @throws DomainError as `lockApplication`
 */
export async function lockedApplication(
  tx: Transaction,
  scope: Scope<"applications.read", ApplicationIds>,
): Promise<Application> {
  await lockApplication(tx, scope);
  const where = { id: scope.ids.applicationId };
  return toApplication(await tx.application.findUniqueOrThrow({ where, select: applicationColumns }));
}
