import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { EarlyScripts } from "@/components/shell/early-scripts";
import { announcerId } from "@/components/ui/announce";
import { Toaster } from "@/components/ui/toaster";
import { fontVariables } from "./fonts";

export const metadata: Metadata = {
  title: { template: "%s · Referrals", default: "Referrals" },
  description: "Self-hosted campaign dashboard for referral codes",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafa" },
    { media: "(prefers-color-scheme: dark)", color: "#131313" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme script may have set an attribute before React takes over.
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <body>
        <EarlyScripts />
        {children}
        <div id={announcerId} role="status" aria-live="polite" className="sr-only" />
        <Toaster />
      </body>
    </html>
  );
}
