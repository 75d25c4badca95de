import type { Asked, Scope } from "@/lib/access/scope";
import { listAttributes } from "@/lib/attributes/queries";
import { DomainError, invalidField } from "@/lib/errors";
import { columnChoices, rememberColumns } from "@/lib/imports/choices";
import { discardImport } from "@/lib/imports/commands";
import { isAssumed, rereading } from "@/lib/imports/encodings";
import { noFacts } from "@/lib/imports/file-facts";
import { changesFile, codesFile, type FileKind } from "@/lib/imports/file-kinds";
import { headerOf } from "@/lib/imports/header";
import { type Held, importFields, type Matched, type Matching, matchColumns } from "@/lib/imports/matching";
import { getImport, type ImportDetail } from "@/lib/imports/queries";
import { type ReadingRules, readImport, readRowsAgain } from "@/lib/imports/reader";
import type { RereadInput } from "@/lib/imports/schema";
import { stagedRows } from "@/lib/imports/staged-rows";
import { stageCodes } from "@/lib/imports/staging";
import { formatRow } from "@/lib/referrals/csv";
import { provenOrder } from "@/lib/referrals/row-dates";

/**
 * Takes an upload: reads it, and a second time where the dates of the whole file prove in which order their numbers stand.
 * @returns the import's id
 * @throws DomainError as `stageImport`
 */
export async function takeUpload(
  scope: Scope<"referrals.import">,
  file: { name: string; body: AsyncIterable<Uint8Array> },
): Promise<string> {
  const { name, body } = file;
  const rows = (rules: ReadingRules) => readImport(body, rules, codesFile);
  const { importId, facts } = await stageCodes(scope, { name, kind: codesFile, rows });
  const order = provenOrder(facts.dates);
  if (!order) return importId;
  return (await rereadImport(scope, { importId, order })).importId;
}

/** The names of the columns and the rows of a file, in another encoding or with the names as the first row where that is asked. */
function sourceOf(
  scope: Scope<"referrals.import">,
  found: ImportDetail,
  { encoding, namesAreRow }: Asked<RereadInput>,
) {
  const { delimiter, reading } = found;
  const from = reading.encoding;
  if (encoding && !isAssumed(from)) throw invalidField(["encoding"], { reason: "encoding_known", encoding: from });
  const read = encoding && isAssumed(from) && encoding !== from ? rereading(from, encoding) : (text: string) => text;
  const names = found.columns.map(read);
  async function* rows() {
    if (namesAreRow) yield [{ line: 1, raw: formatRow(names, delimiter) }];
    for await (const group of stagedRows(scope, found.id, "all"))
      yield group.map(({ line, raw }) => ({ line, raw: read(raw) }));
  }
  return { rows, columns: namesAreRow ? names.map((_, index) => `Column ${index + 1}`) : names };
}

/** What the columns hold in other letters: what they held before; of those that held nothing, what their names say now. */
function inOtherLetters(columns: string[], { columns: named, reading }: ImportDetail, anew: Matched): Matched {
  const { fields, unsure } = reading;
  const isNew = (index: number) => fields[index] === null && columns[index] !== named[index];
  const found = (index: number) => (fields.includes(anew.fields[index] ?? null) ? null : (anew.fields[index] ?? null));
  return {
    fields: fields.map((field, index) => (isNew(index) ? found(index) : field)),
    unsure: columns.flatMap((_, index) => ((isNew(index) ? anew.unsure : unsure).includes(index) ? [index] : [])),
  };
}

/** What the columns hold: as somebody says, or as before, or as their names say where they are others now. */
function matchedBy(
  columns: string[],
  kind: FileKind,
  found: ImportDetail,
  asked: Asked<RereadInput>,
  matching: Matching,
): Matched {
  const { fields } = asked;
  if (!fields) {
    if (asked.namesAreRow) return matchColumns(columns, kind, matching);
    return inOtherLetters(columns, found, matchColumns(columns, kind, matching));
  }
  const known = importFields(kind, matching.definitions);
  for (const [index, field] of fields.entries()) {
    if (field === null) continue;
    if (!known.some((one) => one === field))
      throw invalidField(["fields", String(index)], { reason: "field_unknown", field });
    const first = fields.indexOf(field);
    if (first !== index)
      throw invalidField(["fields", String(index)], {
        reason: "field_twice",
        field,
        columns: [first, index].map((at) => columns[at] ?? ""),
      });
  }
  if (fields.length !== columns.length)
    throw invalidField(["fields"], { reason: "fields_other", count: columns.length });
  const missing = kind.required.filter((field) => !fields.includes(field));
  if (missing.length > 0) throw invalidField(["fields"], { reason: "fields_missing", missing });
  return { fields: fields as Held[], unsure: [] };
}

/**
 * Reads a checked file again by what is kept of its rows: with other columns, dates or letters. What is said of columns is
 * remembered. The file gets a new id, and the old one is gone.
 * @throws DomainError `not_found`, `conflict` for a file that was imported, `stale` for one that was lost, `invalid` for what it has not
 */
export async function rereadImport(
  scope: Scope<"referrals.import">,
  asked: Asked<RereadInput>,
): Promise<{ importId: string }> {
  const found = await getImport(scope, asked.importId);
  if (!found) throw new DomainError("not_found", { reason: "import_gone" });
  if (found.committed) throw new DomainError("conflict", { reason: "import_committed" });
  if (found.lost) throw new DomainError("stale", { reason: "import_lost" });
  const definitions = await listAttributes(scope);
  const { rows, columns } = sourceOf(scope, found, asked);
  const kind = found.reading.changes ? changesFile : codesFile;
  const matched = matchedBy(columns, kind, found, asked, { definitions, choices: await columnChoices(scope) });
  const { delimiter, assumed, fileSize, blankLines } = found;
  const { encoding, dates } = found.reading;
  const facts = { ...noFacts(), bytes: fileSize, blankLines, encoding: asked.encoding ?? encoding };
  facts.dates.example = dates.example; // so that another order can be chosen
  const delimiterSaid = assumed.delimiterLine !== undefined;
  const header = headerOf({ delimiter, delimiterSaid, line: 0, columns }, kind, matched);
  const { importId } = await stageCodes(scope, {
    name: found.fileName,
    kind,
    order: asked.order === undefined ? found.reading.order : asked.order,
    rows: (rules) => ({ facts, rows: readRowsAgain(rows(), header, facts, rules) }),
  });
  try {
    await discardImport(scope, { importId: asked.importId });
  } catch (error) {
    await discardImport(scope, { importId });
    throw error;
  }
  if (asked.fields && !asked.namesAreRow) await rememberColumns(scope, columns, matched.fields);
  return { importId };
}
