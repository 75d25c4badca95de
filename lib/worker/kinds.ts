import type { Everywhere, Scope } from "@/lib/access/scope";
import type { Transaction } from "@/lib/db";

/**
 * A table whose rows are work, done under a lease. It has the columns `lease_owner`, `lease_until`, `attempts` and `problem`, which
 * keeps a reason (`lib/reasons.ts`).
 * Its names and conditions are constants of the program: they go into statements as they are.
 */
export interface Queue<Row extends object = object> {
  /** What one of its rows is called in the log. */
  called: string;
  table: string;
  /** The columns of its primary key. The row with the lowest value in the last of them is the oldest. */
  key: readonly string[];
  /** Which rows are work. */
  waits: string;
  /** The columns that a step is given: those of `Row`. */
  columns: readonly string[];
  /** Whether, after each step, work of the queues before it comes first: for what may take hours. */
  givesWay?: boolean;
  /** One transaction's worth of what a row stands for, with its progress; true when nothing is left to do. */
  step(tx: Transaction, row: Row): Promise<boolean>;
}

/** Removes the next of what nobody needs any more, or adds up the next of what came, in a transaction of its own; false when there is none. */
export type Sweep = (scope: Scope<"upkeep", Everywhere>) => Promise<boolean>;

/** All that a process works on, registered when it starts. Queues are asked in their order. */
export interface Work {
  queues: readonly Queue[];
  sweeps: readonly Sweep[];
}
