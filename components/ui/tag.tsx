import { cx } from "./cx";

export type Tone = "neutral" | "accent" | "good" | "warn" | "bad";

const tones: Record<Tone, string> = {
  neutral: "bg-sunk text-mute",
  accent: "bg-accent-soft text-accent",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
};

/** How a tag of a tone looks, where it is written as markup. */
export function tagClass(tone: Tone): string {
  return cx("inline-flex h-5 items-center rounded-sm px-1.5 text-xs whitespace-nowrap forced-edge", tones[tone]);
}

/** A status in one or two words. The word says it; the tone only helps the eye. */
export function Tag({ tone = "neutral", children }: { tone?: Tone; children: string }) {
  return <span className={tagClass(tone)}>{children}</span>;
}
