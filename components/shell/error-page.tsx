"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { BlankPage } from "./blank-page";

/** What an error boundary shows: that it is our fault, the id under which the log has it, and another try. */
export function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  const id = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <BlankPage
      title="This page could not be shown"
      actions={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      <p>Something went wrong on our side. Nothing was changed.</p>
      {id && (
        <p className="mt-2">
          The server's log has the details under error <span className="mono">{id}</span>.
        </p>
      )}
    </BlankPage>
  );
}
