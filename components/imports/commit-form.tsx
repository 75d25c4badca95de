"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { FormErrors } from "@/components/ui/form-errors";
import type { CampaignIds } from "@/lib/access/scope";
import { formatCount } from "@/lib/format";
import { commitImportAction, discardImportAction } from "@/lib/imports/actions";
import { outcomeId } from "./outcome-id";

type Props = {
  scope: CampaignIds;
  importId: string;
  /** How many codes a commit makes; null when the file has problems and can only be discarded. */
  codes: number | null;
  importPath: string;
};

/** Imports a checked file, or forgets it. */
export function CommitForm({ scope, importId, codes, importPath }: Props) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<{ message: string } | null>(null);
  const [committing, startCommit] = useTransition();
  const [discarding, startDiscard] = useTransition();
  const input = { ...scope, importId };

  const commit = () =>
    startCommit(async () => {
      const result = await commitImportAction(input).catch(unreachable);
      if (result.ok) {
        // The button goes; what it did stands in its place, and gets the focus.
        document.getElementById(outcomeId)?.focus();
        const codes = formatCount(result.data.codes, "code");
        return announce(result.data.running ? `Importing ${codes} in the background` : `Imported ${codes}`);
      }
      setRefusal({ message: result.message });
      router.refresh(); // codes that were taken meanwhile are among the problems now
    });

  const discard = () =>
    startDiscard(async () => {
      const result = await discardImportAction(input).catch(unreachable);
      if (result.ok) return router.push(importPath);
      setRefusal({ message: result.message });
      router.refresh();
    });

  const busy = committing || discarding;
  return (
    <>
      {codes !== null && (
        <Button variant="primary" pending={committing} disabled={discarding} onClick={commit}>
          Import {formatCount(codes, "code")}
        </Button>
      )}
      <Button variant="quiet" pending={discarding} disabled={busy && !discarding} onClick={discard}>
        Discard
      </Button>
      {refusal && (
        <div className="w-full">
          <FormErrors message={refusal.message} />
        </div>
      )}
    </>
  );
}
