"use client";

import { useEffect } from "react";

type EarlyScriptsProps = {
  text: string;
  /** What the answer's policy knows them by. */
  nonce: string | undefined;
  /** The name of the event by which these scripts learn that React has taken the page over. */
  taken: string;
};

/** What must run before the page is drawn. Inert where React renders the page anew in the browser. */
export function EarlyScripts({ text, nonce, taken }: EarlyScriptsProps) {
  useEffect(() => {
    dispatchEvent(new Event(taken));
  }, [taken]);
  return (
    <script
      type={typeof window === "undefined" ? "text/javascript" : "text/plain"}
      nonce={nonce}
      suppressHydrationWarning // browsers hide the nonce from scripts
      // biome-ignore lint/security/noDangerouslySetInnerHtml: constants of ours that must run before the first paint.
      dangerouslySetInnerHTML={{ __html: text }}
    />
  );
}
