import { Tag, type Tone } from "@/components/ui/tag";
import type { CodeStatus } from "@/lib/codes/status";

const tones: Record<CodeStatus, Tone> = {
  active: "good",
  scheduled: "accent",
  expired: "neutral",
  "used up": "warn",
};

/** A referral's status by word; the tone only helps the eye. */
export function StatusTag({ status }: { status: CodeStatus }) {
  return <Tag tone={tones[status]}>{status.charAt(0).toUpperCase() + status.slice(1)}</Tag>;
}
