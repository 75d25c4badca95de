/** The sentence of each reason of a closed set. A reason is a name, and the numbers and short texts that belong to it. */
export type Sentences<R extends { reason: string }> = {
  readonly [Name in R["reason"]]: (of: Extract<R, { reason: Name }>) => string;
};

/** A reason as people read it. */
export function say<R extends { reason: string }>(sentences: Sentences<R>, reason: R): string {
  return (sentences[reason.reason as R["reason"]] as (of: R) => string)(reason);
}

/** The same where there may be no reason. */
export function sayAny<R extends { reason: string }>(sentences: Sentences<R>, reason: R | null): string | null {
  return reason && say(sentences, reason);
}
