"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import { formatInstant } from "@/lib/format";

type HandedLinkProps = {
  title: string;
  name: string;
  link: { token: string; expires: Date };
  zone: string;
  onDone: () => void;
  /** What the link does. */
  children: ReactNode;
};

/** A link by which somebody gets in, made a moment ago: shown here and now alone, to be handed over. Takes the focus. */
export function HandedLink({ title, name, link, zone, onDone, children }: HandedLinkProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const [over, setOver] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  useLeaveWarning(!over, "Leave this page? The link is shown here and now alone; copy it first.");
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
          {children} It works once, until {formatInstant(link.expires, zone)}. Send it to {name} in a way that nobody
          else reads: whoever opens it first gets in.
        </p>
      </div>
      <CopyButton
        value={new URL(`/enter/${link.token}`, location.origin).href}
        label={`link for ${name}`}
        wrap
        className="mx-0 w-fit max-w-full border bg-panel px-2 py-1.5 [&>svg]:opacity-100"
      />
      <Button
        className="w-fit"
        pending={over}
        onClick={() => {
          setOver(true);
          onDone();
        }}
      >
        I have copied it
      </Button>
    </section>
  );
}
