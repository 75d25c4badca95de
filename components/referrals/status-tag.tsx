import { html, type Markup } from "@/components/data-table/markup";
import { Tag, type Tone, tagClass } from "@/components/ui/tag";
import type { CodeStatus } from "@/lib/codes/status";

const tones: Record<CodeStatus, Tone> = {
  active: "good",
  scheduled: "accent",
  expired: "neutral",
  "used up": "warn",
};

const word = (status: CodeStatus) => status.charAt(0).toUpperCase() + status.slice(1);

/** A referral's status by word; the tone only helps the eye. */
export function StatusTag({ status }: { status: CodeStatus }) {
  return <Tag tone={tones[status]}>{word(status)}</Tag>;
}

/** The same in a row of the list. */
export function statusMarkup(status: CodeStatus): Markup {
  return html`<span class="${tagClass(tones[status])}">${word(status)}</span>`;
}
