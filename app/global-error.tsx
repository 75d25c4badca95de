"use client";

import "./globals.css";
import { ErrorPage } from "@/components/shell/error-page";

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
