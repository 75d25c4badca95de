import { withBase } from "@/lib/base-path";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { EarlyScripts } from "@/components/shell/early-scripts";
import { earlyText } from "@/components/shell/early-text";
import { takenOver } from "@/components/shell/keep-early";
import { Scriptless } from "@/components/shell/scriptless";
import { connectionId } from "@/components/shell/stay-on-page";
import { announcerId } from "@/components/ui/announce";
import { Toaster } from "@/components/ui/toaster";
import { nonceOf } from "@/lib/content-security-policy";
import { fontVariables } from "./fonts";

export const metadata: Metadata = {
  title: { template: "%s · Referrals", default: "Referrals" },
  description: "Self-hosted campaign dashboard for referral codes",
  manifest: withBase("/manifest.webmanifest"),
  icons: {
    icon: [
      { url: withBase("/favicon.ico"), sizes: "32x32" },
      { url: withBase("/icon.svg"), type: "image/svg+xml" },
    ],
    apple: withBase("/apple-touch-icon.png"),
  },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafa" },
    { media: "(prefers-color-scheme: dark)", color: "#131313" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = nonceOf((await headers()).get("content-security-policy"));
  return (
    // The theme script may have set an attribute before React takes over.
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <body>
        <EarlyScripts text={earlyText} nonce={nonce} taken={takenOver} />
        <Scriptless />
        {children}
        <div id={announcerId} role="status" aria-live="polite" className="sr-only" />
        <p
          id={connectionId}
          role="status"
          className="fixed bottom-4 left-1/2 z-50 w-max max-w-[calc(100vw-2rem)] -translate-x-1/2 rounded-md border-warn/30 bg-warn-soft text-ink not-empty:border not-empty:px-3 not-empty:py-2 not-empty:shadow-pop"
        />
        <Toaster />
      </body>
    </html>
  );
}
