import type { KeyKind } from "@/lib/keys/rules";

/** What kinds of keys are called, and what each is for. */
export const kindWords: Record<KeyKind, { label: string; help: string }> = {
  integration: {
    label: "Integration key",
    help: "For the shop itself: while customers buy, it makes codes for advocates, redeems the codes of friends and looks customers up.",
  },
  management: {
    label: "Management key",
    help: "For back offices and scripts: it lists, makes, imports, edits, deletes and exports codes and changes campaigns. It redeems nothing.",
  },
};
