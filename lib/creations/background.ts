import type { AttributeValues } from "@/lib/attributes/rules";
import { codeSpace } from "@/lib/codes/generator";
import type { CaseRule } from "@/lib/codes/rules";
import { drawFreeCodes, walkFreeCodes } from "@/lib/creations/space";
import { bulkTransaction, lostRace, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { forgetRest } from "@/lib/imports/advocates";
import { makeOfRows, type RunningRows } from "@/lib/imports/background";
import { insertStagedRows, type Part } from "@/lib/imports/insertion";
import type { LeasedOperation } from "@/lib/operations/background";
import { keptReason } from "@/lib/reasons";

/** What the log keeps of a form for many advocates, and a creation in the background goes by. */
interface LoggedCreation {
  pattern: string;
  characters: string;
  usageLimit: number;
  validFrom: string | null;
  validUntil: string | null;
  attributes: AttributeValues;
}

/** Makes the next codes of a creation in the background; true when nothing is left. The rest of a cancelled one is forgotten. */
export function createStep(tx: Transaction, operation: LeasedOperation): Promise<boolean> {
  const form = operation.input as LoggedCreation;
  return makeOfRows(tx, operation, {
    newest: "last row",
    makeParts: (tx, rows, parts) =>
      makeParts(tx, rows, form, parts).then(
        () => null,
        (error: unknown) => {
          if (!(error instanceof DomainError)) throw error;
          return keptReason(error.reason); // others have used up the pattern meanwhile
        },
      ),
    removeRest: (tx, { staged }) => forgetRest(tx, staged),
  });
}

/** Makes parts side by side; those in which somebody took a code at the same moment again, with other codes. */
async function makeParts(tx: Transaction, rows: RunningRows, form: LoggedCreation, parts: Part[]): Promise<void> {
  const { applicationId } = rows.staged;
  const { caseSensitivity } = await tx.application.findUniqueOrThrow({
    where: { id: applicationId },
    select: { caseSensitivity: true },
  });
  const space = codeSpace(form.pattern, form.characters, caseSensitivity as CaseRule);
  let waiting = parts;
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const wanted = waiting.reduce((sum, part) => sum + sizeOf(part), 0);
    const codes =
      (await drawFreeCodes((statement) => tx.$queryRaw(statement), applicationId, space, wanted)) ??
      (await walkFreeCodes(tx, applicationId, space, wanted));
    const outcomes = await Promise.allSettled(
      waiting.map((part) => makePart(rows, form, part, codes.splice(0, sizeOf(part)))),
    );
    const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    const [fault] = attempt === 5 ? failures : failures.filter((failure) => !lostRace(failure));
    if (fault) throw fault;
    waiting = waiting.filter((_, part) => outcomes[part]?.status === "rejected");
  }
}

/** For how many advocates a part is: they stand on it without gaps. */
const sizeOf = ({ from, to }: Part) => to - from + 1;

function makePart(
  { staged, creation }: RunningRows,
  form: LoggedCreation,
  part: Part,
  codes: string[],
): Promise<number> {
  const instant = (text: string | null) => (text === null ? null : new Date(text));
  const terms = {
    usageLimit: form.usageLimit,
    validFrom: instant(form.validFrom),
    validUntil: instant(form.validUntil),
    attributes: form.attributes,
  };
  return bulkTransaction((tx) => insertStagedRows(tx, staged, creation, part, { codes, terms }));
}
