import { Tag, type Tone } from "@/components/ui/tag";
import type { ReferralStatus } from "@/lib/referrals/rules";

const tones: Record<ReferralStatus, Tone> = {
  active: "good",
  scheduled: "accent",
  expired: "neutral",
  "used up": "warn",
};

/** A referral's status by word; the tone only helps the eye. */
export function StatusTag({ status }: { status: ReferralStatus }) {
  return <Tag tone={tones[status]}>{status.charAt(0).toUpperCase() + status.slice(1)}</Tag>;
}
