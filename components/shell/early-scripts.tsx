"use client";

import { firstFrameScript } from "./first-frame";
import { stayOnPageScript } from "./stay-on-page";
import { themeScript } from "./theme";

/** What must run before the page is drawn. Where React renders the page anew in the browser, it has run. */
export function EarlyScripts() {
  if (typeof window !== "undefined") return <script type="text/plain" suppressHydrationWarning />;
  return (
    <script
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: constants of ours that must run before the first paint.
      dangerouslySetInnerHTML={{ __html: themeScript + firstFrameScript + stayOnPageScript }}
    />
  );
}
