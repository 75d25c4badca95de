"use client";

import { useState } from "react";
import { Question } from "@/components/forms/question";
import { HandedAgain, LinkQuestion, type MadeLink } from "@/components/members/handed-link";
import { toast } from "@/components/ui/toast";
import {
  linkForAccountAction,
  removeFactorAction,
  setAdministratorAction,
  setDisabledAction,
} from "@/lib/accounts/actions";
import type { Account } from "@/lib/accounts/queries";
import { type AccountAct, AccountTable } from "./account-table";

type AccountListProps = {
  accounts: Account[];
  ownId: string;
  /** Whether mails are sent. */
  mails: boolean;
  now: Date;
};
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
    says: (name) =>
      `From the next moment on ${name} may do everything in every application, and to every account. Links made for them before are over.`,
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
  factor: {
    title: (name) => `Take the second factor of ${name} away?`,
    confirmLabel: "Take it away",
    tone: "danger",
    refused: (name) => `The second factor of ${name} is still there`,
    done: (name) => `${name} is asked for no second factor any more`,
    says: (name) =>
      `For ${name}, who lost the app and the recovery codes: from now on their password lets them in alone. Make sure that it is them who ask. They are signed out everywhere.`,
    run: (personId) => removeFactorAction({ personId }),
  },
  disable: {
    title: (name) => `Disable the account of ${name}?`,
    confirmLabel: "Disable account",
    tone: "danger",
    refused: (name) => `The account of ${name} was not disabled`,
    done: (name) => `The account of ${name} is disabled`,
    says: (name) =>
      `${name} is signed out everywhere, cannot sign in, links made for them are over, and what they scheduled is not made meanwhile. Their roles and what they did stay, and the account can be enabled again.`,
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
export function AccountList({ accounts, ownId, mails, now }: AccountListProps) {
  const [asked, setAsked] = useState<{ act: AccountAct; account: Account }>();
  const [handed, setHanded] = useState<MadeLink>();
  const close = () => setAsked(undefined);
  return (
    <>
      {handed && <HandedAgain made={handed} zone="UTC" onDone={() => setHanded(undefined)} />}
      <AccountTable {...{ accounts, ownId, now }} onAsk={(act, account) => setAsked({ act, account })} />
      {asked?.act === "link" && (
        <LinkQuestion
          person={asked.account}
          mails={mails}
          act={() => linkForAccountAction({ personId: asked.account.personId })}
          onDone={setHanded}
          onClose={close}
        />
      )}
      {asked && asked.act !== "link" && (
        <ChangeQuestion account={asked.account} change={changes[asked.act]} onClose={close} />
      )}
    </>
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
