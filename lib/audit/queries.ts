import type { ActorKind } from "@/lib/access/actor";
import type { AuditEvent } from "@/lib/access/audit-events";
import type { ApplicationIds, Everywhere, Scope } from "@/lib/access/scope";
import { type AuditList, operationEvent } from "@/lib/audit/search-params";
import { listDb, Prisma } from "@/lib/db";
import type { OperationEffect, OperationKind } from "@/lib/operations/schema";
import { clockBound } from "@/lib/zone";

/** A line of the audit: something done beside the codes, or an operation on them. */
export interface AuditLine {
  id: string;
  at: Date;
  actor: string;
  actorKind: ActorKind;
  role: string | null;
  from: string | null;
  campaignId: number | null;
  event: AuditEvent | typeof operationEvent;
  subject: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  operation: { kind: OperationKind; effect: OperationEffect; changed: number; undoesId: string | null } | null;
}

interface Found extends Omit<AuditLine, "id" | "operation"> {
  id: bigint;
  place: "a" | "o";
  kind: OperationKind | null;
  effect: OperationEffect;
  changed: number;
  undoes_id: bigint | null;
}

const sql = Prisma.sql;
const moment = sql`coalesce(o.applied, o.started, o.planned)`;

/** What one of the two sources has to fulfil. */
function conditions(list: AuditList, zone: string, at: Prisma.Sql, name: Prisma.Sql, id: Prisma.Sql, place: "a" | "o") {
  const found: Prisma.Sql[] = [sql`true`];
  if (list.by) found.push(sql`strpos(lower(${name}), lower(${list.by})) > 0`);
  if (list.from) found.push(sql`${at} >= ${clockBound(list.from, zone, "start")}`);
  if (list.to) found.push(sql`${at} < ${clockBound(list.to, zone, "end")}`);
  if (list.before) {
    const [time = "", source = "", number = ""] = list.before.split(".");
    const bound = new Date(Number(time));
    found.push(
      sql`(date_trunc('milliseconds', ${at}), ${place}::text, ${id}) < (${bound}::timestamptz, ${source}::text, ${BigInt(number)}::bigint)`,
      sql`${at} < ${bound}::timestamptz + interval '1 millisecond'`,
    );
  }
  return Prisma.join(found, " AND ");
}

function entries(where: Prisma.Sql, list: AuditList, zone: string, size: number): Prisma.Sql {
  const named = list.what === "" ? Prisma.empty : sql`AND e.event = ${list.what}`;
  return sql`
    SELECT e.id, 'a' AS place, e.at, e.actor_name AS actor, e.actor_kind AS "actorKind", e.actor_role AS role, e.actor_from AS from,
      e.campaign_id AS "campaignId", e.event, e.subject, e.before, e.after, NULL AS kind, NULL AS effect, 0 AS changed, NULL::bigint AS undoes_id
    FROM audit_entry e
    WHERE ${where} ${named} AND ${conditions(list, zone, sql`e.at`, sql`e.actor_name`, sql`e.id`, "a")}
    ORDER BY e.at DESC, e.id DESC LIMIT ${size + 1}`;
}

/** The newest operations of each campaign, by the order that their list has. */
function operations({ applicationId }: ApplicationIds, list: AuditList, zone: string, size: number): Prisma.Sql {
  return sql`
    SELECT n.* FROM campaign c CROSS JOIN LATERAL (
      SELECT o.id, 'o' AS place, ${moment} AS at, o.actor_name AS actor, o.actor_kind AS "actorKind", o.actor_role AS role,
        o.actor_from AS from, o.campaign_id AS "campaignId", ${operationEvent} AS event, c.name AS subject, NULL::jsonb AS before,
        NULL::jsonb AS after, o.kind, o.effect, o.changed, o.undoes_id
      FROM operation o
      WHERE o.application_id = ${applicationId} AND o.campaign_id = c.id AND o.state IN ('running', 'applied')
        AND ${conditions(list, zone, moment, sql`o.actor_name`, sql`o.id`, "o")}
      ORDER BY ${moment} DESC, o.id DESC LIMIT ${size + 1}) n
    WHERE c.application_id = ${applicationId}`;
}

async function readPage(sources: Prisma.Sql[], size: number): Promise<{ lines: AuditLine[]; next: string | null }> {
  const parts = Prisma.join(
    sources.map((source) => sql`(${source})`),
    " UNION ALL ",
  );
  const found = await listDb.$queryRaw<Found[]>`
    SELECT * FROM (${parts}) lines ORDER BY date_trunc('milliseconds', at) DESC, place DESC, id DESC LIMIT ${size + 1}`;
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  return {
    lines: shown.map(({ id, place: _, kind, effect, changed, undoes_id, ...line }) => ({
      ...line,
      id: String(id),
      operation: kind && { kind, effect, changed, undoesId: undoes_id === null ? null : String(undoes_id) },
    })),
    next: found.length > size && last ? `${last.at.getTime()}.${last.place}.${last.id}` : null,
  };
}

/**
 * A page of what was done in an application, newest first: operations on codes, and what is recorded beside them.
 * @returns the lines, and where the next page begins; null where there is none
 */
export async function readAudit(
  { ids }: Scope<"audit.read", ApplicationIds>,
  list: AuditList,
  zone: string,
  size: number,
): Promise<{ lines: AuditLine[]; next: string | null }> {
  const recorded = entries(sql`e.application_id = ${ids.applicationId}`, list, zone, size);
  const done = operations(ids, list, zone, size);
  if (list.what === operationEvent) return readPage([done], size);
  return readPage(list.what === "" ? [recorded, done] : [recorded], size);
}

/** The same of everything beside the codes, in all applications and outside of them: sign-ins and accounts too. */
export async function readServerAudit(
  _scope: Scope<"audit.read", Everywhere>,
  list: AuditList,
  zone: string,
  size: number,
): Promise<{ lines: AuditLine[]; next: string | null }> {
  return readPage([entries(sql`true`, list, zone, size)], size);
}
