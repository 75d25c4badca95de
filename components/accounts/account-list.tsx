"use client";

import { useState } from "react";
import { Question } from "@/components/forms/question";
import { HandedLink } from "@/components/members/handed-link";
import { toast } from "@/components/ui/toast";
import { linkForAccountAction, setAdministratorAction, setDisabledAction } from "@/lib/accounts/actions";
import type { MadeLink } from "@/lib/accounts/commands";
import type { Account } from "@/lib/accounts/queries";
import { type AccountAct, AccountTable } from "./account-table";

type AccountListProps = { accounts: Account[]; ownId: string; now: Date };
type Change = {
  title: (name: string) => string;
  confirmLabel: string;
  tone: "primary" | "danger";
  refused: (name: string) => string;
  done: (name: string) => string;
  says: (name: string) => string;
  run: (personId: string) => ReturnType<typeof setDisabledAction>;
};

const changes: Record<Exclude<AccountAct, "link">, Change> = {
  grant: {
    title: (name) => `Make ${name} an administrator of the server?`,
    confirmLabel: "Make administrator",
    tone: "primary",
    refused: (name) => `${name} was not made an administrator`,
    done: (name) => `${name} administers the server now`,
    says: (name) => `From the next moment on ${name} may do everything in every application, and to every account.`,
    run: (personId) => setAdministratorAction({ personId, administrator: true }),
  },
  withdraw: {
    title: (name) => `Let ${name} administer the server no longer?`,
    confirmLabel: "Take it away",
    tone: "danger",
    refused: (name) => `${name} still administers the server`,
    done: (name) => `${name} administers the server no longer`,
    says: (name) => `From the next moment on ${name} may do what their roles in applications say, and nothing else.`,
    run: (personId) => setAdministratorAction({ personId, administrator: false }),
  },
  disable: {
    title: (name) => `Disable the account of ${name}?`,
    confirmLabel: "Disable account",
    tone: "danger",
    refused: (name) => `The account of ${name} was not disabled`,
    done: (name) => `The account of ${name} is disabled`,
    says: (name) =>
      `${name} is signed out everywhere, cannot sign in, and links made for them are over. Their roles and what they did stay, and the account can be enabled again.`,
    run: (personId) => setDisabledAction({ personId, disabled: true }),
  },
  enable: {
    title: (name) => `Enable the account of ${name}?`,
    confirmLabel: "Enable account",
    tone: "primary",
    refused: (name) => `The account of ${name} was not enabled`,
    done: (name) => `The account of ${name} is enabled`,
    says: (name) => `${name} can sign in as before, and has the roles that they had.`,
    run: (personId) => setDisabledAction({ personId, disabled: false }),
  },
};

/** The accounts of the server; each is made an administrator or none, gets a link to get in again, is disabled or enabled. */
export function AccountList({ accounts, ownId, now }: AccountListProps) {
  const [asked, setAsked] = useState<{ act: AccountAct; account: Account }>();
  const [handed, setHanded] = useState<{ name: string; link: MadeLink }>();
  const close = () => setAsked(undefined);
  return (
    <>
      {handed && (
        <div className="px-4 pb-4 sm:px-6">
          <HandedLink
            key={handed.link.token}
            title={`A link for ${handed.name}`}
            {...handed}
            zone="UTC"
            onDone={() => setHanded(undefined)}
          >
            By it {handed.name} sets a new password and is signed in; their other browsers are signed out.
          </HandedLink>
        </div>
      )}
      <AccountTable {...{ accounts, ownId, now }} onAsk={(act, account) => setAsked({ act, account })} />
      {asked?.act === "link" && (
        <LinkQuestion
          account={asked.account}
          onDone={(link) => {
            close();
            setHanded({ name: asked.account.name, link });
          }}
          onClose={close}
        />
      )}
      {asked && asked.act !== "link" && (
        <ChangeQuestion account={asked.account} change={changes[asked.act]} onClose={close} />
      )}
    </>
  );
}

type LinkQuestionProps = { account: Account; onDone: (link: MadeLink) => void; onClose: () => void };

function LinkQuestion({ account: { personId, name }, onDone, onClose }: LinkQuestionProps) {
  return (
    <Question
      title={`Make a link for ${name}?`}
      confirmLabel="Make link"
      tone="primary"
      refusedTitle={`There is no link for ${name}`}
      act={() => linkForAccountAction({ personId })}
      {...{ onDone, onClose }}
    >
      By it they set a new password, once and within a day. You hand it over; nothing is sent. Links made for them
      before go on working until their day is over.
    </Question>
  );
}

type ChangeQuestionProps = { account: Account; change: Change; onClose: () => void };

function ChangeQuestion({ account: { personId, name }, change, onClose }: ChangeQuestionProps) {
  const { title, confirmLabel, tone, refused, done, says, run } = change;
  return (
    <Question
      title={title(name)}
      refusedTitle={refused(name)}
      act={() => run(personId)}
      onDone={() => {
        onClose();
        toast.success(done(name));
      }}
      {...{ confirmLabel, tone, onClose }}
    >
      {says(name)}
    </Question>
  );
}
