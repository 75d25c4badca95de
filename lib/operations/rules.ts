import type { Refusal } from "@/lib/operations/reasons";
import type { OperationEffect, OperationKind } from "@/lib/operations/schema";

/** What happens to a referral's fields, by the names of the log: `usageLimit`, `validFrom`, `attributes.tier`, … */
export type FieldValues = Record<string, unknown>;

/** One line of a plan: this many codes go from one value of a field to another. */
export interface PlannedStep {
  field: string;
  before: unknown;
  after: unknown;
  count: number;
}

/** What a plan found, and what the operation's page shows afterwards. Counts are exact. */
export interface OperationSummary {
  /** The commonest steps of each field, most first; `more` counts the other value pairs of that field. */
  steps: PlannedStep[];
  more: Record<string, { pairs: number; count: number }>;
  refusals: { refusal: Refusal; count: number; codes: string[] }[];
  samples: { referralId: string; code: string; before: FieldValues | null; after: FieldValues | null }[];
  /** Codes among the changed ones that have redemptions, and how many; the first 20 named. */
  redeemed: { codes: number; redemptions: number; named: string[] };
  /** Codes that are expired now and would be valid again, and the reverse. */
  revived: number;
  ended: number;
  /** Fields an undo leaves because someone changed them since. */
  kept: { field: string; count: number; codes: string[] }[];
}

/** A summary of nothing. */
export const emptySummary: OperationSummary = {
  steps: [],
  more: {},
  refusals: [],
  samples: [],
  redeemed: { codes: 0, redemptions: 0, named: [] },
  revived: 0,
  ended: 0,
  kept: [],
};

/** Up to this many codes an operation is planned and applied at once, all or nothing; beyond, in the background. */
export const inlineLimit = 20_000;

/** Up to this many codes are changed at once, all or nothing, where nobody looks at a plan. */
export const atOnceLimit = 100_000;

/** How far a background operation is, in codes; `problem` is what went wrong at the last try, which is repeated. */
export interface Underway {
  done: number;
  total: number;
  problem: string | null;
}

/** An operation that changed some of the planned codes after the form had been opened. */
export interface Meanwhile {
  operationId: string;
  kind: OperationKind;
  actor: string;
  /** As ISO text, because large plans come to the form as JSON. */
  applied: string;
  codes: number;
  /** One of those changes, which is the whole of it where the form is about one code. */
  example: { code: string; before: FieldValues | null; after: FieldValues | null };
}

/** What becomes of a request for approval. `unneeded`: the setting was changed meanwhile, and it was applied without. */
export const approvalEndings = ["approved", "refused", "withdrawn", "undecided", "unneeded"] as const;
export type ApprovalEnding = (typeof approvalEndings)[number];
export type ApprovalState = "waiting" | ApprovalEnding;

/** For how many days a plan waits for approval. */
export const waitsFor = 14;

/** Whether what a plan would do was done, or is being done: one that nobody had to approve, too. */
export function isCarriedOut(approval: { state: ApprovalState } | null): boolean {
  return approval === null || approval.state === "approved" || approval.state === "unneeded";
}

/** A plan as the form shows it: counts first, then what the summary holds. */
export interface Plan {
  planId: string;
  kind: OperationKind;
  effect: OperationEffect;
  matched: number;
  changed: number;
  same: number;
  refused: number;
  summary: OperationSummary;
  meanwhile: Meanwhile[];
  /** The number of codes above which the application has a second person approve a change; null where this one needs nobody. */
  approvalAbove: number | null;
  /** Not null while a large plan is being made: then the counts are not there yet. */
  underway: Underway | null;
}

/** One field of one code that is no longer what the plan was made from. */
export interface Drift {
  code: string;
  field: string | null;
  planned: unknown;
  now: unknown;
}

/** Which rows of an operation are shown: those it changed, those it left alone, those with fields an undo left. */
export const changeFilters = ["changed", "refused", "kept"] as const;
export type ChangeFilter = (typeof changeFilters)[number];

/** Whether there is something to undo of an operation that was carried out. */
export function isUndoable(operation: { running: boolean; changed: number; undoneById: string | null }): boolean {
  return !operation.running && operation.changed > 0 && operation.undoneById === null;
}
