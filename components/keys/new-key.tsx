"use client";

import type { ReactNode } from "react";
import { CopyBox, ShownOnce } from "@/components/ui/shown-once";
import { basePath } from "@/lib/base-path";
import { type TriedKey, type TryCampaign, tryLine } from "@/lib/keys/try-line";

type NewKeyProps = {
  title: string;
  made: TriedKey & { name: string };
  campaign: TryCampaign | undefined;
  onStored: () => void;
  /** What to do next with it. */
  children?: ReactNode;
};

/** A key that was made a moment ago: shown here and now alone, with a line to try it. Takes the focus. */
export function NewKey({ title, made, campaign, onStored, children }: NewKeyProps) {
  const trial = tryLine(made, location.origin + basePath, campaign);
  return (
    <ShownOnce
      title={title}
      about={
        <>
          <p>
            Copy the key now and keep it as you keep passwords: nobody can show it again, because only a hash of it is
            stored.
          </p>
          {children}
        </>
      }
      question="Leave this page? The new key is shown here and now alone; copy it first."
      doneLabel="I have stored it"
      onDone={onStored}
    >
      <div className="min-w-0">
        <p className="mb-1 font-medium">The key</p>
        <CopyBox value={made.key} label={`key of ${made.name}`} />
      </div>
      {trial && (
        <div className="min-w-0">
          <p className="mb-1 font-medium">Try it in a terminal</p>
          <CopyBox value={trial.line} label="line to try it" />
          <p className="mt-1 text-sm">{trial.does}</p>
        </div>
      )}
    </ShownOnce>
  );
}
