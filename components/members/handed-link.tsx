"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import type { Mailed } from "@/lib/accounts/mailed";
import { withBase } from "@/lib/base-path";
import { formatInstant } from "@/lib/format";
import { mailSentence } from "@/lib/mail/problems";

type HandedLinkProps = {
  title: string;
  name: string;
  link: { token: string; expires: Date };
  /** What became of the mail with it; null where none is sent. */
  mail: Mailed | null;
  zone: string;
  onDone: () => void;
  /** What the link does. */
  children: ReactNode;
};

/** What is said before a link is made for somebody. */
export function LinkWords({ email, mails }: { email: string; mails: boolean }) {
  return (
    <>
      By it they set a new password, once and within a day.{" "}
      {mails ? `It is sent to ${email}, and shown here to hand over.` : "You hand it over; nothing is sent."} Links made
      for them before go on working until their day is over.
    </>
  );
}

/** A link by which somebody gets in, made a moment ago: shown here and now alone, to be handed over. Takes the focus. */
export function HandedLink({ title, name, link, mail, zone, onDone, children }: HandedLinkProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const [over, setOver] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  const sent = mail !== null && mail.problem === null;
  useLeaveWarning(!over && !sent, "Leave this page? The link is shown here and now alone; copy it first.");
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
          {children} It works once, until {formatInstant(link.expires, zone)}.{" "}
          {sent
            ? `It was sent to ${mail.to}. To hand it over as well, copy it here: whoever opens it first gets in.`
            : `Send it to ${name} in a way that nobody else reads: whoever opens it first gets in.`}
        </p>
      </div>
      {mail?.problem && <Banner tone="warning">{mailSentence(mail.to, mail.problem)} Hand the link over.</Banner>}
      <CopyButton
        value={new URL(withBase(`/enter/${link.token}`), location.origin).href}
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
        {sent ? "Done" : "I have copied it"}
      </Button>
    </section>
  );
}
