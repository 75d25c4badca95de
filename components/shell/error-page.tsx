"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { BlankPage } from "./blank-page";

/**
 * What an error boundary shows: that it is our fault, the id under which the log has it, and another try; of a database that
 * is away or busy, that it is (lib/database-problem.ts).
 */
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
      {id?.startsWith("DATABASE_") ? (
        <p>The database cannot do this at the moment. Try again in a few seconds.</p>
      ) : (
        <>
          <p>Something went wrong on our side. Nothing was changed.</p>
          {id && (
            <p className="mt-2">
              The server's log has the details under error <span className="mono">{id}</span>.
            </p>
          )}
        </>
      )}
    </BlankPage>
  );
}
