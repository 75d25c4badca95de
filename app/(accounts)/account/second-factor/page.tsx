import type { Metadata } from "next";
import { headers } from "next/headers";
import { ChangeFactor } from "@/components/accounts/change-factor";
import { BeginFactor, ConfirmFactor } from "@/components/accounts/set-up-factor";
import { BarePage } from "@/components/shell/bare-page";
import { Banner } from "@/components/ui/banner";
import { FormErrors } from "@/components/ui/form-errors";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { ownAccount } from "@/lib/accounts/own";
import { ownSecondFactor, shownSetup } from "@/lib/accounts/second-factor";
import { formState } from "@/lib/accounts/state";
import { oneself } from "@/lib/page";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const person = await oneself();
  const state = await formState((await searchParams).form);
  const factor = await ownSecondFactor(person);
  const setup = factor ? null : await shownSetup(person, await headers());
  return (
    <BarePage>
      <PageHeader
        title="Second factor"
        back={{ href: "/account", label: "Account" }}
        description="An app on your phone makes a code every 30 seconds. Signing in then takes the password and such a code."
      />
      <PageBody>
        {state.done && <Banner live>{state.done}</Banner>}
        <FormErrors message={state.message} fieldErrors={state.fields} />
        {factor ? (
          <ChangeFactor factor={factor} state={state} now={new Date()} />
        ) : setup ? (
          <ConfirmFactor {...setup} state={state} />
        ) : (
          <BeginFactor hasPassword={(await ownAccount(person)).hasPassword} state={state} />
        )}
      </PageBody>
    </BarePage>
  );
}
