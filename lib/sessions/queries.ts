import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { askQuickly } from "@/lib/db";
import { readSession, type StoredSession } from "@/lib/sessions/stored";

/** A session by the ID that the shop gave it; null for an unknown one. */
export function getSession(
  { ids }: Scope<"customers.read", ApplicationIds>,
  sessionId: string,
): Promise<StoredSession | null> {
  return readSession(askQuickly, ids.applicationId, sessionId);
}
