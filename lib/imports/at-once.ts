import type { Scope } from "@/lib/access/scope";
import { DomainError } from "@/lib/errors";
import { commitImport, discardImport, earlierImport } from "@/lib/imports/commands";
import { exactCodesFile } from "@/lib/imports/file-kinds";
import { getImport, type LineProblem, listProblems } from "@/lib/imports/queries";
import { stageImport } from "@/lib/imports/staging";
import { slots } from "@/lib/slots";

// A file of any size is committed by one transaction, which holds a connection for minutes where it is large.
const takeSlot = slots(2, { reason: "imports_busy" });

/** How many bad rows are told of a file. */
const toldRows = 100;

/** What became of a file: all of its codes, or none and the reasons why. */
export type ImportedAtOnce = { operationId: string; codes: number } | { failedRows: number; problems: LineProblem[] };

/**
 * Reads a file, checks it and makes all of its codes, or none of them and keeps nothing of it. Where a file was imported by the
 * same request key before, it is read as well, and what was made then is the answer.
 * @param requestKey is asked once the file was read, because it may depend on all of it
 * @throws DomainError for an unknown campaign, a file that cannot be read as a whole (see `readImport`), or `unavailable`
 */
export async function importAtOnce(
  scope: Scope<"referrals.import">,
  file: { name: string; body: AsyncIterable<Uint8Array> },
  requestKey: () => string,
): Promise<ImportedAtOnce> {
  const freeSlot = takeSlot();
  try {
    const importId = await stageImport(scope, file, exactCodesFile);
    const earlier = await earlierImport(scope, requestKey());
    const made = earlier ?? (await commitOrRefuse(scope, importId, requestKey()).catch((error) => ({ error })));
    // what is not committed is forgotten, now or by the worker
    if (earlier || !("operationId" in made)) await discardImport(scope, { importId }).catch(() => undefined);
    if ("error" in made) throw made.error;
    return made;
  } finally {
    freeSlot();
  }
}

async function commitOrRefuse(
  scope: Scope<"referrals.import">,
  importId: string,
  requestKey: string,
): Promise<ImportedAtOnce> {
  const before = await problemsOf(scope, importId);
  if (before) return before;
  try {
    return await commitImport(scope, { importId }, { requestKey });
  } catch (error) {
    // codes that somebody took since the check are problems by now
    const since = error instanceof DomainError && error.code === "conflict" ? await problemsOf(scope, importId) : null;
    if (since) return since;
    throw error;
  }
}

/** What is wrong with a checked file; null for one that can be committed. */
async function problemsOf(scope: Scope<"referrals.import">, importId: string): Promise<ImportedAtOnce | null> {
  const detail = await getImport(scope, importId);
  if (!detail?.failedCount) return null;
  const { problems } = await listProblems(scope, detail, { rows: toldRows, characters: Number.POSITIVE_INFINITY });
  return { failedRows: detail.failedCount, problems };
}
