"use client";

import { themeScript } from "./theme";

/** The script that keeps a chosen theme from flashing. Inert where React renders the page anew in the browser. */
export function ThemeScript() {
  return (
    <script
      type={typeof window === "undefined" ? "text/javascript" : "text/plain"}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours that must run before the first paint.
      dangerouslySetInnerHTML={{ __html: themeScript }}
    />
  );
}
