import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ApplicationForm } from "@/components/applications/application-form";
import { BarePage } from "@/components/shell/bare-page";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { listApplications } from "@/lib/applications/queries";
import { everywhere } from "@/lib/page";

export const metadata: Metadata = { title: "Welcome" };
export const dynamic = "force-dynamic";

export default async function Home() {
  const [first, second] = await listApplications(await everywhere("applications.list"));
  if (second) redirect("/applications");
  if (first) redirect(`/applications/${first.id}/campaigns`);
  return (
    <BarePage>
      <PageHeader
        title="Create your first application"
        description={
          <>
            The database is ready and empty. To look around in a demo shop instead, start the server with{" "}
            <code className="mono">DEMO=1</code>.
          </>
        }
      />
      <PageBody>
        <ApplicationForm />
      </PageBody>
    </BarePage>
  );
}
