import type { AttributeDefinition, AttributeValue } from "@/lib/attributes/rules";
import { attributeField } from "@/lib/codes/fields";
import { type CaseRule, tidied, trimmed, usageLimitMax } from "@/lib/codes/rules";
import { type FileColumn, type ImportField, plainCell } from "@/lib/referrals/csv";
import { readOwnAttribute } from "@/lib/referrals/row-attributes";
import { type DateRules, readDateCell } from "@/lib/referrals/row-dates";
import { type Assumption, type ProblemCause, type RowProblem, rowProblem } from "@/lib/referrals/row-problems";
import type { RowReason } from "@/lib/referrals/row-reasons";

/** What the application says about its codes. */
export interface ImportRules extends DateRules {
  caseRule: CaseRule;
  definitions: readonly AttributeDefinition[];
  /** Which columns are read; all where it is left out. Rows without the column of codes have none. */
  columns?: readonly FileColumn[];
  /** On which zone's clocks a column has its dates, where the file's first line says so. */
  zones?: ReadonlyMap<ImportField, string>;
  /** The attributes that have columns of their own. */
  ownAttributes?: readonly AttributeDefinition[];
}

/** The text of a column in one row, empty when the file has no such column. */
export type CellText = (column: ImportField) => string;

/** Reads the cells of one row, and keeps what is wrong with them. */
export class RowCells {
  readonly problems: RowProblem[] = [];

  /** @param assume hears what was assumed, once for each cell */
  constructor(
    readonly cell: CellText,
    readonly rules: ImportRules,
    readonly assume: (assumption: Assumption) => void,
  ) {}

  refuse(cause: ProblemCause, column: ImportField, reason: RowReason): null {
    this.problems.push(rowProblem({ cause, column, value: this.cell(column), reason }));
    return null;
  }

  /** The text of a cell without the guard against formulas. */
  value(column: ImportField): string {
    return this.#unguarded(this.cell(column));
  }

  #unguarded(text: string): string {
    const plain = plainCell(text);
    if (plain !== text) this.assume("unguarded");
    return plain;
  }

  /** A code or an ID, tidied. */
  tidied(column: ImportField, trimming: Assumption): string {
    const text = this.cell(column);
    const plain = this.#unguarded(trimmed(text));
    const tidy = tidied(plain);
    const inner = trimmed(plain);
    if (tidy !== "" && (inner !== plain || trimmed(text) !== text)) this.assume(trimming);
    if (inner !== tidy) this.assume("composed");
    return tidy;
  }

  /** The instant that the text of a bound means, or why it means none. */
  date(column: "startdate" | "expirydate", text: string): Date | RowReason {
    const bound = column === "expirydate" ? "end" : "start";
    return readDateCell(text, bound, this.rules, this.rules.zones?.get(column), this.assume);
  }

  /** The limit that a text means; null for none. */
  limit(text: string): number | null {
    if (text.toLowerCase() === "unlimited") return 0;
    return /^\d{1,20}$/.test(text) && Number(text) <= usageLimitMax ? Number(text) : null;
  }

  /** The value that the text of an attribute's own column means, or why it means none. */
  attribute(definition: AttributeDefinition, text: string): { value: AttributeValue } | { problem: RowReason } {
    const readTime = (time: string) => readDateCell(time, "start", this.rules, undefined, this.assume);
    return readOwnAttribute(definition, text, this.rules.timeZone, readTime);
  }

  /** The attributes that have columns of their own, each with the name of its column. */
  get ownColumns(): { definition: AttributeDefinition; column: ImportField }[] {
    return (this.rules.ownAttributes ?? []).map((definition) => ({
      definition,
      column: attributeField(definition.name),
    }));
  }
}
