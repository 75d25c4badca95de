import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ApplicationTable } from "@/components/applications/application-table";
import { BarePage } from "@/components/shell/bare-page";
import { ButtonLink } from "@/components/ui/button-link";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/access/offer";
import { listApplications } from "@/lib/applications/queries";
import { formatCount } from "@/lib/format";
import { everywhere } from "@/lib/page";

export const metadata: Metadata = { title: "Applications" };
export const dynamic = "force-dynamic";

export default async function ApplicationsPage() {
  const scope = await everywhere("applications.list");
  const applications = await listApplications(scope);
  if (applications.length === 0) redirect("/");
  return (
    <BarePage>
      <PageHeader
        title="Applications"
        count={formatCount(applications.length, "application")}
        actions={
          may(scope, "applications.create") && (
            <>
              <ButtonLink href="/accounts">Accounts</ButtonLink>
              <ButtonLink href="/audit">Audit of the server</ButtonLink>
              <ButtonLink href="/applications/new" icon={<Plus aria-hidden="true" className="size-4" />}>
                New application
              </ButtonLink>
            </>
          )
        }
      />
      <PageBody>
        <ApplicationTable
          applications={applications}
          canChange={(applicationId) => may({ ...scope, ids: { applicationId } }, "applications.write")}
        />
      </PageBody>
    </BarePage>
  );
}
