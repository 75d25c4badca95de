"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
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

const boxClass = "mx-0 w-fit max-w-full border bg-panel px-2 py-1.5 [&>svg]:opacity-100";

/** A key that was made a moment ago: shown here and now alone, with a line to try it. Takes the focus. */
export function NewKey({ title, made, campaign, onStored, children }: NewKeyProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => heading.current?.focus(), []);
  const [stored, setStored] = useState(false);
  useLeaveWarning(!stored, "Leave this page? The new key is shown here and now alone; copy it first.");
  const trial = tryLine(made, location.origin + basePath, campaign);
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-4 rounded-md border border-good/30 bg-good-soft p-4"
    >
      <div>
        <h2 ref={heading} id={id} tabIndex={-1} className="text-lg font-semibold [overflow-wrap:anywhere]">
          {title}
        </h2>
        <p className="max-w-2xl text-pretty">
          Copy the key now and keep it as you keep passwords: nobody can show it again, because only a hash of it is
          stored.
        </p>
        {children}
      </div>
      <div className="min-w-0">
        <p className="mb-1 font-medium">The key</p>
        <CopyButton value={made.key} label={`key of ${made.name}`} wrap className={boxClass} />
      </div>
      {trial && (
        <div className="min-w-0">
          <p className="mb-1 font-medium">Try it in a terminal</p>
          <CopyButton value={trial.line} label="line to try it" wrap className={boxClass} />
          <p className="mt-1 text-sm">{trial.does}</p>
        </div>
      )}
      <Button
        className="w-fit"
        pending={stored}
        onClick={() => {
          setStored(true);
          onStored();
        }}
      >
        I have stored it
      </Button>
    </section>
  );
}
