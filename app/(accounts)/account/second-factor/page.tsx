import type { Metadata } from "next";
import { headers } from "next/headers";
import { ChangeFactor } from "@/components/accounts/change-factor";
import { OwnPage } from "@/components/accounts/own-page";
import { BeginFactor, ConfirmFactor } from "@/components/accounts/set-up-factor";
import { ownAccount } from "@/lib/accounts/own";
import { ownSecondFactor, shownSetup } from "@/lib/accounts/second-factor";
import { oneself } from "@/lib/page";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const { person, state } = await oneself(searchParams);
  const factor = await ownSecondFactor(person);
  const setup = factor ? null : await shownSetup(person, await headers());
  return (
    <OwnPage
      state={state}
      title="Second factor"
      back={{ href: "/account", label: "Account" }}
      description="An app on your phone makes a code every 30 seconds. Signing in then takes the password and such a code."
    >
      {factor ? (
        <ChangeFactor factor={factor} state={state} now={new Date()} />
      ) : setup ? (
        <ConfirmFactor {...setup} state={state} />
      ) : (
        <BeginFactor hasPassword={(await ownAccount(person)).hasPassword} state={state} />
      )}
    </OwnPage>
  );
}
