/** An answer that is not what was asked for: its status, the type of its content, whether it came by a redirect. */
export interface WrongAnswer {
  status: number;
  type: string | null;
  redirected?: boolean;
}

/**
 * Says who answered in place of the program, and what to do: a sentence or two for the user. A status of 0, or no answer at
 * all, is the connection's fault; a page in place of data is a proxy's, usually to sign in.
 */
export function wrongAnswer(answer: WrongAnswer | null): string {
  if (!answer || answer.status === 0) return "The server did not answer. Check the connection and try again.";
  const { status, type, redirected } = answer;
  if (status === 413)
    return "It is larger than a proxy in front of the program lets through (413). Send less at once, or have the proxy's limit raised.";
  if (status === 502 || status === 504)
    return `A proxy in front of the program got no answer from it (${status}). It may be restarting: try again in a moment.`;
  if (status === 503) return "The program is busy or restarting (503). Try again in a moment.";
  if (status === 429) return "Too many requests were sent in a short time (429). Try again in a moment.";
  const page = type?.startsWith("text/html") ?? false;
  if (status === 401 || status === 403 || status === 407 || redirected || (page && status < 400))
    return "A page of something in front of the program came in place of its answer, probably to sign in. Sign in in another tab, then try again here.";
  return `The answer was none of the program's (${status}). Something in front of it may be set up wrongly; try again, or tell who runs it.`;
}

/** What was wrong with the answer to an action or a `fetch`, as the page's own `fetch` reports it; null for no answer. */
export function wrongAnswerOf(error: unknown): WrongAnswer | null {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return null;
  const { status, type, redirected } = error as Error & Partial<WrongAnswer> & { status: number };
  return { status, type: type ?? null, redirected };
}
