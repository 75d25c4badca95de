"use client";

/** What must run before the page is drawn. Inert where React renders the page anew in the browser. */
export function EarlyScripts({ text }: { text: string }) {
  return (
    <script
      type={typeof window === "undefined" ? "text/javascript" : "text/plain"}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: constants of ours that must run before the first paint.
      dangerouslySetInnerHTML={{ __html: text }}
    />
  );
}
