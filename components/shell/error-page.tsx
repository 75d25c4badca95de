"use client";

import { useEffect } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { BlankPage } from "./blank-page";

/**
 * What an error boundary shows: what went wrong as far as it is known, the id under which the log has it, and another try; of
 * a database that is away or busy, that it is (lib/database-problem.ts); of what somebody may not see, just that.
 */
export function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  const id = error instanceof Error && "digest" in error ? String(error.digest) : null;
  const refused = id === "FORBIDDEN";
  const away = id?.startsWith("DATABASE_") ?? false;
  const missing = error instanceof Error && error.name === "ChunkLoadError";
  return (
    <BlankPage
      title={refused ? "You may not see this page" : "This page could not be shown"}
      actions={
        <button type="button" className={buttonClass("primary")} onClick={missing ? () => location.reload() : retry}>
          {missing ? "Reload the page" : "Try again"}
        </button>
      }
    >
      {refused && <p>Whoever runs this server can give you the permission.</p>}
      {!refused && (
        <p>
          {away
            ? "The database cannot do this at the moment. Try again in a few seconds."
            : missing
              ? "A part of it could not be loaded: the connection broke, or the program was updated meanwhile."
              : "Something went wrong on our side."}{" "}
          If you have just sent something, look whether it was done before you send it again.
        </p>
      )}
      {id && !away && !refused && (
        <p className="mt-2">
          The server's log has the details under error <span className="mono">{id}</span>.
        </p>
      )}
    </BlankPage>
  );
}
