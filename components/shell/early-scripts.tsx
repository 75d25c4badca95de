"use client";

import { firstFrameScript } from "./first-frame";
import { themeScript } from "./theme";

/** What must run before the page is drawn. Inert where React renders the page anew in the browser. */
export function EarlyScripts() {
  return (
    <script
      type={typeof window === "undefined" ? "text/javascript" : "text/plain"}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: constants of ours that must run before the first paint.
      dangerouslySetInnerHTML={{ __html: themeScript + firstFrameScript }}
    />
  );
}
