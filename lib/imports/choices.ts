import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { columnNamed, compared, isOwnColumn } from "@/lib/imports/column-names";
import type { Held } from "@/lib/imports/matching";

/** How many columns an application remembers. */
const remembered = 500;

/** What people said of columns in this application's files, by the compared name; the last word counts. */
export async function columnChoices({
  ids: { applicationId },
}: Scope<"referrals.read", ApplicationIds>): Promise<ReadonlyMap<string, Held>> {
  const choices = await db.columnChoice.findMany({ where: { applicationId }, select: { name: true, field: true } });
  return new Map(choices.map(({ name, field }) => [name, field as Held]));
}

/** Remembers what somebody said of the columns of a file, but for what their names say anyway; the longest unused make room. */
export async function rememberColumns(
  { ids: { applicationId } }: Scope<"referrals.import">,
  names: readonly string[],
  fields: readonly Held[],
): Promise<void> {
  const said = new Map<string, Held>();
  for (const [index, name] of names.entries()) {
    const field = fields[index] ?? null;
    const known = field === null ? isOwnColumn(name) : columnNamed(name)?.column === field;
    if (name !== "" && !/^Column \d+$/.test(name) && !known) said.set(compared(name), field);
  }
  if (said.size === 0) return;
  await db.$executeRaw`
    INSERT INTO column_choice (application_id, name, field)
    SELECT ${applicationId}::int, name, nullif(field, '')
    FROM unnest(${[...said.keys()]}::text[], ${[...said.values()].map((field) => field ?? "")}::text[]) AS said (name, field)
    ON CONFLICT (application_id, name) DO UPDATE SET field = excluded.field, used = now()`;
  await db.$executeRaw`
    DELETE FROM column_choice WHERE application_id = ${applicationId} AND name IN (
      SELECT name FROM column_choice WHERE application_id = ${applicationId} ORDER BY used DESC, name OFFSET ${remembered})`;
}
