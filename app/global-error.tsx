"use client";

import "./globals.css";
import { latePart } from "@/components/ui/late-part";

// Every page loads this file, in case it is ever needed.
const ErrorPage = latePart("What went wrong", async () => ({
  default: (await import("@/components/shell/error-page")).ErrorPage,
}));

/** Stands in for the root layout when that itself fails, so it brings its own document. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Error · Referrals</title>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
