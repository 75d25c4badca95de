import type { KnownCode } from "@/lib/redemptions/facts";
import type { RejectionReason } from "@/lib/redemptions/reasons";

/** What a session's code came to, as shops are told (reference: talon-one-api B10). */
export interface Effect {
  campaignId: number;
  rulesetId: number;
  ruleIndex: number;
  ruleName: string;
  effectType: "acceptReferral" | "rejectReferral" | "rollbackReferral";
  props: { value: string; rejectionReason?: RejectionReason };
}

const rule = { ruleIndex: 0, ruleName: "Referral code is valid" };

function effect(campaignId: number, effectType: Effect["effectType"], props: Effect["props"]): Effect {
  return { campaignId, rulesetId: campaignId, ...rule, effectType, props };
}

/** The code is good: it is redeemed when the session closes, or was. */
export function accepted({ campaignId, code }: Pick<KnownCode, "campaignId" | "code">): Effect {
  return effect(campaignId, "acceptReferral", { value: code });
}

/** The code is refused. @param known null where there is no such code, and so no campaign either */
export function rejected(sent: string, known: KnownCode | null, rejectionReason: RejectionReason): Effect {
  return effect(known?.campaignId ?? 0, "rejectReferral", { value: known?.code ?? sent, rejectionReason });
}

/** A redemption was taken back; the code can be used again. */
export function rolledBack({ campaignId, code }: { campaignId: number; code: string }): Effect {
  return effect(campaignId, "rollbackReferral", { value: code });
}
