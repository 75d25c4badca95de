import type { Metadata } from "next";
import { ApplicationForm } from "@/components/applications/application-form";
import { BarePage } from "@/components/shell/bare-page";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { everywhere } from "@/lib/page";

export const metadata: Metadata = { title: "New application" };

export default async function NewApplicationPage() {
  await everywhere("applications.create");
  return (
    <BarePage>
      <PageHeader title="New application" back={{ href: "/applications", label: "Applications" }} />
      <PageBody>
        <ApplicationForm cancelPath="/applications" />
      </PageBody>
    </BarePage>
  );
}
