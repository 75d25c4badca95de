"use client";

import type { ReactNode } from "react";
import { Question } from "@/components/forms/question";
import { Banner } from "@/components/ui/banner";
import { CopyBox, ShownOnce } from "@/components/ui/shown-once";
import type { Mailed } from "@/lib/accounts/mailed";
import type { ActionResult } from "@/lib/action";
import { withBase } from "@/lib/base-path";
import { formatInstant } from "@/lib/format";
import { mailSentence } from "@/lib/mail/problems";

/** A link made for somebody, and what became of the mail with it; null where none is sent. */
export interface MadeLink {
  name: string;
  link: { token: string; expires: Date };
  mail: Mailed | null;
}

type HandedLinkProps = {
  title: string;
  made: MadeLink;
  zone: string;
  onDone: () => void;
  /** What the link does. */
  children: ReactNode;
};

/** A link by which somebody gets in, made a moment ago: shown here and now alone, to be handed over. Takes the focus. */
export function HandedLink({ title, made: { name, link, mail }, zone, onDone, children }: HandedLinkProps) {
  const sent = mail !== null && mail.problem === null;
  return (
    <ShownOnce
      title={title}
      about={
        <p>
          {children} It works once, until {formatInstant(link.expires, zone)}.{" "}
          {sent
            ? `It was sent to ${mail.to}. To hand it over as well, copy it here: whoever opens it first gets in.`
            : `Send it to ${name} in a way that nobody else reads: whoever opens it first gets in.`}
        </p>
      }
      question={sent ? undefined : "Leave this page? The link is shown here and now alone; copy it first."}
      doneLabel={sent ? "Done" : "I have copied it"}
      onDone={onDone}
    >
      {mail?.problem && <Banner tone="warning">{mailSentence(mail.to, mail.problem)} Hand the link over.</Banner>}
      <CopyBox value={new URL(withBase(`/enter/${link.token}`), location.origin).href} label={`link for ${name}`} />
    </ShownOnce>
  );
}

/** The link by which a person who is known already gets in again, above the list where it was asked for. */
export function HandedAgain({ made, zone, onDone }: { made: MadeLink; zone: string; onDone: () => void }) {
  return (
    <div className="px-4 pb-4 sm:px-6">
      <HandedLink key={made.link.token} title={`A link for ${made.name}`} {...{ made, zone, onDone }}>
        By it {made.name} sets a new password and is signed in; their other browsers are signed out.
      </HandedLink>
    </div>
  );
}

type LinkQuestionProps = {
  person: { name: string; email: string };
  /** Whether mails are sent. */
  mails: boolean;
  act: () => Promise<ActionResult<Omit<MadeLink, "name">>>;
  onDone: (made: MadeLink) => void;
  onClose: () => void;
};

/** Asks before a link is made by which a person gets in again. */
export function LinkQuestion({ person: { name, email }, mails, act, onDone, onClose }: LinkQuestionProps) {
  return (
    <Question
      title={`Make a link for ${name}?`}
      confirmLabel="Make link"
      tone="primary"
      refusedTitle={`There is no link for ${name}`}
      onDone={({ link, mail }) => {
        onClose();
        onDone({ name, link, mail });
      }}
      {...{ act, onClose }}
    >
      By it they set a new password, once and within a day.{" "}
      {mails ? `It is sent to ${email}, and shown here to hand over.` : "You hand it over; nothing is sent."} Links made
      for them before go on working until one is used, or their day is over.
    </Question>
  );
}
