import { UserRound } from "lucide-react";
import type { Metadata } from "next";
import Form from "next/form";
import { AccountList } from "@/components/accounts/account-list";
import { OlderLink } from "@/components/operations/older-link";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { TextInput } from "@/components/ui/text-input";
import { countAccounts, listAccounts } from "@/lib/accounts/queries";
import { accountsHref, readAccountList } from "@/lib/accounts/search-params";
import { formatCount } from "@/lib/format";
import { mailSettings } from "@/lib/mail/settings";
import { everywhere } from "@/lib/page";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Accounts" };

export default async function AccountsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const scope = await everywhere("accounts.write");
  const list = readAccountList(await searchParams);
  const [{ accounts, next }, count] = await Promise.all([listAccounts(scope, list, 50), countAccounts(scope)]);
  const { q, after } = list;
  return (
    <main className="flex min-w-0 flex-col py-4">
      <PageHeader
        title="Accounts"
        count={formatCount(count, "account")}
        back={{ href: "/applications", label: "Applications" }}
        description="Everybody who can sign in to this server. What somebody may do in an application is set on its page Members. Times in UTC."
      />
      <Form key={q} action="/accounts" className="flex max-w-xl items-end gap-2 px-4 pb-3 sm:px-6">
        <Field name="q" label="Name or e-mail address" className="flex-1">
          <TextInput type="search" defaultValue={q} maxLength={200} />
        </Field>
        <Button type="submit">Search</Button>
      </Form>
      {accounts.length > 0 ? (
        <AccountList accounts={accounts} ownId={scope.actor.id} mails={mailSettings() !== null} now={new Date()} />
      ) : (
        <EmptyState
          icon={<UserRound aria-hidden="true" />}
          title="Nobody is called that"
          actions={<ButtonLink href={accountsHref()}>Show everybody</ButtonLink>}
        >
          Part of a name or of an e-mail address finds an account, in any case.
        </EmptyState>
      )}
      <OlderLink
        newest={after ? accountsHref({ q }) : null}
        older={next ? accountsHref({ q, after: next }) : null}
        first="First"
        next="Next"
      />
    </main>
  );
}
