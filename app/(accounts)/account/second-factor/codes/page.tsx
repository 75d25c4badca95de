import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { OwnPage } from "@/components/accounts/own-page";
import { RecoveryCodes } from "@/components/accounts/recovery-codes";
import { madeRecoveryCodes } from "@/lib/accounts/second-factor";
import { oneself } from "@/lib/page";

export const metadata: Metadata = { title: "Recovery codes" };

export default async function RecoveryCodesPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const { person, state } = await oneself(searchParams);
  const codes = await madeRecoveryCodes(person, await headers());
  if (!codes) redirect("/account/second-factor");
  return (
    <OwnPage
      state={state}
      title="Recovery codes"
      description="Each of them stands in for the app once. They are shown now and never again: keep them where the app is not."
    >
      <RecoveryCodes codes={codes} />
    </OwnPage>
  );
}
