import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ZoneForm } from "@/components/applications/zone-form";
import { BarePage } from "@/components/shell/bare-page";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "Time zone" };

export default async function TimeZonePage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { application } = (await applicationAt(params, "applications.write")) ?? notFound();
  return (
    <BarePage>
      <PageHeader title={`Time zone of ${application.name}`} back={{ href: "/applications", label: "Applications" }} />
      <PageBody>
        <ZoneForm application={application} />
      </PageBody>
    </BarePage>
  );
}
