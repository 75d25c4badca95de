import type { Selection } from "@/lib/operations/schema";

/** What is changed by one value. */
export type QuickKind = "validUntil" | "usageLimit" | "attribute";

/** A quick edit that is asked for: what of which codes. */
export interface Quick {
  kind: QuickKind;
  selection: Selection;
  /** The codes in words: a code, "batch k3j2h1g0", "93 codes". */
  about: string;
  /** The whole form for the same codes. */
  formPath: string;
}

/** The quick edits there are, as a menu names them. */
export const quickEdits: { kind: QuickKind; label: string }[] = [
  { kind: "validUntil", label: "Extend…" },
  { kind: "usageLimit", label: "Change limit…" },
  { kind: "attribute", label: "Set attribute…" },
];
