"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { useLeaveWarning } from "./use-leave-warning";

type ShownOnceProps = {
  title: string;
  /** What it is and what to do with it. */
  about: ReactNode;
  /** Asked before the page is left; left out where nothing is lost then. */
  question: string | undefined;
  doneLabel: string;
  onDone: () => void;
  /** What can be copied. */
  children: ReactNode;
};

/** Something made a moment ago that is shown here and now alone. Takes the focus. */
export function ShownOnce({ title, about, question, doneLabel, onDone, children }: ShownOnceProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const [done, setDone] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  useLeaveWarning(!done && question !== undefined, question);
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-4 rounded-md border border-good/30 bg-good-soft p-4"
    >
      <div>
        <h2 ref={heading} id={id} tabIndex={-1} className="text-lg font-semibold [overflow-wrap:anywhere]">
          {title}
        </h2>
        <div className="flex max-w-2xl flex-col gap-1 text-pretty">{about}</div>
      </div>
      {children}
      <Button
        className="w-fit"
        pending={done}
        onClick={() => {
          setDone(true);
          onDone();
        }}
      >
        {doneLabel}
      </Button>
    </section>
  );
}

/** A text to copy, whole. @param label what it is: "key of Shop" @param children how it is shown, where that is not as it is copied */
export function CopyBox({ value, label, children }: { value: string; label: string; children?: ReactNode }) {
  const className = "mx-0 w-fit max-w-full border bg-panel px-2 py-1.5 [&>svg]:opacity-100";
  return (
    <CopyButton wrap {...{ value, label, className }}>
      {children}
    </CopyButton>
  );
}
