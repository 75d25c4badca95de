import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { CodeForm } from "@/components/accounts/code-form";
import { BarePage } from "@/components/shell/bare-page";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { askedForCode } from "@/lib/accounts/question";
import { formState } from "@/lib/accounts/state";
import { ownPath } from "@/lib/asked-path";
import { signInPath } from "@/lib/signed-out";

export const metadata: Metadata = { title: "Second factor" };

type Props = { searchParams: Promise<{ to?: string; form?: string }> };

export default async function CodePage({ searchParams }: Props) {
  const { to, form } = await searchParams;
  const path = ownPath(typeof to === "string" ? to : null);
  const asked = await askedForCode(await headers());
  if (!asked) {
    // why a code was refused is said where one begins again
    const query = new URLSearchParams({ ...(path !== "/" && { to: path }), ...(typeof form === "string" && { form }) });
    redirect(query.size > 0 ? `${signInPath}?${query}` : signInPath);
  }
  return (
    <BarePage narrow>
      <PageHeader title="Second factor" description={`For ${asked.name}, ${asked.email}.`} />
      <PageBody>
        <CodeForm to={path} state={await formState(form)} />
      </PageBody>
    </BarePage>
  );
}
