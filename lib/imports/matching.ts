import type { AttributeDefinition } from "@/lib/attributes/rules";
import { attributeField, attributeOf } from "@/lib/codes/fields";
import { columnGuessed, columnNamed, compared, isOwnColumn } from "@/lib/imports/column-names";
import type { FileKind } from "@/lib/imports/file-kinds";
import type { ImportField } from "@/lib/referrals/csv";

/** What a column holds; null for one that is left out. */
export type Held = ImportField | null;

/** What is known for matching columns to fields. */
export interface Matching {
  definitions: readonly Pick<AttributeDefinition, "name" | "title">[];
  /** What people said of columns before, by the compared name. */
  choices?: ReadonlyMap<string, Held>;
}

/** What the columns of a file hold, as far as their names say. */
export interface Matched {
  /** Of each column. */
  fields: Held[];
  /** Columns of which somebody should say whether this is right. */
  unsure: number[];
}

/** The fields that a column can hold in an application. */
export function importFields({ columns, asks }: FileKind, definitions: Matching["definitions"]): ImportField[] {
  return asks ? [...columns, ...definitions.map(({ name }) => attributeField(name))] : [...columns];
}

/** The attribute that a name means: `attributes.tier` or `attr.tier`, its name, or a title that no other has; null for none. */
function attributeNamed(name: string, definitions: Matching["definitions"]): ImportField | null {
  const [, said] = /^attr(?:ibutes?)?\.(\w{1,100})$/i.exec(name) ?? [];
  const field = (found: { name: string } | undefined) => (found ? attributeField(found.name) : null);
  if (said !== undefined)
    return field(
      definitions.find((one) => one.name === said) ??
        definitions.find((one) => one.name.toLowerCase() === said.toLowerCase()),
    );
  const given = compared(name);
  const titled = definitions.filter((one) => compared(one.title) === given || compared(one.name) === given);
  return titled.length === 1 ? field(titled[0]) : null;
}

/** The ways in which a name says what its column holds, the surest first; undefined where one says nothing. */
function waysOf(
  name: string,
  twice: boolean,
  { definitions, choices }: Matching,
  kind: FileKind,
): (Held | undefined)[] {
  const known = new Set<Held>(importFields(kind, definitions));
  const within = (field: Held | undefined) => (field && !known.has(field) ? undefined : field);
  const named = within(columnNamed(name)?.column);
  if (!kind.asks) return [named];
  const chosen = twice ? undefined : within(choices?.get(compared(name)));
  return [
    chosen,
    named,
    within(attributeNamed(name, definitions) ?? undefined),
    within(columnGuessed(name) ?? undefined),
  ];
}

/**
 * What the columns of a file hold by their names: as people said before, as they are called here, or by other words for it. A field
 * that two columns claim goes to the one that says it more surely, then to the first.
 */
export function matchColumns(names: readonly string[], kind: FileKind, matching: Matching): Matched {
  const counts = new Map<string, number>();
  for (const name of names.map(compared)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const ways = names.map((name) => waysOf(name, (counts.get(compared(name)) ?? 0) > 1, matching, kind));
  const fields = new Map<number, Held>();
  const taken = new Set<Held>();
  const guessed = new Set<number>();
  const most = Math.max(0, ...ways.map((one) => one.length));
  for (let way = 0; way < most; way += 1) {
    for (const [index, one] of ways.entries()) {
      const field = one[way];
      if (field === undefined || fields.has(index) || (field !== null && taken.has(field))) continue;
      fields.set(index, field);
      if (field !== null) taken.add(field);
      if (way === most - 1 && kind.asks) guessed.add(index);
    }
  }
  const unsure = names.flatMap((name, index) => {
    const own = columnNamed(name)?.column;
    const claimed = own !== undefined && kind.columns.includes(own);
    const open = !fields.has(index) && name !== "" && (!isOwnColumn(name) || claimed);
    return open || guessed.has(index) ? [index] : [];
  });
  return { fields: names.map((_, index) => fields.get(index) ?? null), unsure };
}

/** The attributes that have columns of their own. */
export function ownAttributes(fields: readonly Held[]): string[] {
  return fields.flatMap((field) => (field && attributeOf(field)) ?? []);
}
