import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { RecoveryCodes } from "@/components/accounts/recovery-codes";
import { BarePage } from "@/components/shell/bare-page";
import { Banner } from "@/components/ui/banner";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { madeRecoveryCodes } from "@/lib/accounts/second-factor";
import { formState } from "@/lib/accounts/state";
import { oneself } from "@/lib/page";

export const metadata: Metadata = { title: "Recovery codes" };

export default async function RecoveryCodesPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const person = await oneself();
  const state = await formState((await searchParams).form);
  const codes = await madeRecoveryCodes(person, await headers());
  if (!codes) redirect("/account/second-factor");
  return (
    <BarePage>
      <PageHeader
        title="Recovery codes"
        description="Each of them stands in for the app once. They are shown now and never again: keep them where the app is not."
      />
      <PageBody>
        {state.done && <Banner live>{state.done}</Banner>}
        <RecoveryCodes codes={codes} />
      </PageBody>
    </BarePage>
  );
}
