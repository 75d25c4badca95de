import { formatCount, formatNumber } from "@/lib/format";
import type { Plan } from "@/lib/operations/rules";
import type { OperationEffect } from "@/lib/operations/schema";

const verbs: Record<OperationEffect, string> = {
  create: "will come back",
  edit: "will be changed",
  delete: "will be deleted",
};

/** A plan's counts in one sentence, for who hears it. */
export function planSentence({
  effect,
  changed,
  same,
  refused,
}: Pick<Plan, "effect" | "changed" | "same" | "refused">) {
  const stay = effect === "edit" ? `, ${formatNumber(same)} ${same === 1 ? "is" : "are"} so already` : "";
  return `${formatCount(changed, "code")} ${verbs[effect]}${stay}, ${formatNumber(refused)} ${refused === 1 ? "is" : "are"} refused.`;
}
