import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { BlankPage } from "@/components/shell/blank-page";
import { ButtonLink } from "@/components/ui/button-link";
import { currentActor } from "@/lib/actor";
import { listApplications } from "@/lib/applications/queries";

export const metadata: Metadata = { title: "Welcome" };
export const dynamic = "force-dynamic";

export default async function Home() {
  const [first] = await listApplications(await currentActor());
  if (first) redirect(`/applications/${first.id}/campaigns`);
  return (
    <BlankPage
      title="No application yet"
      actions={
        <ButtonLink href="/" variant="primary">
          Look again
        </ButtonLink>
      }
    >
      The database is ready and empty. Start the server with <code className="mono">DEMO=1</code> to fill it with a demo
      shop.
    </BlankPage>
  );
}
