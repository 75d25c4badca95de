import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CheckForm } from "@/components/sessions/check-form";
import { Verdict } from "@/components/sessions/verdict";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { applicationAt } from "@/lib/page";
import type { SearchParams } from "@/lib/search-params";
import { asked, readQuestion, shopPaths } from "@/lib/sessions/search-params";
import { checkCode } from "@/lib/sessions/trial";

export const metadata: Metadata = { title: "Check a code" };

type Props = { params: Promise<{ applicationId: string }>; searchParams: Promise<SearchParams> };

export default async function CheckPage({ params, searchParams }: Props) {
  const { scope, application } = (await applicationAt(params, "customers.read")) ?? notFound();
  const question = readQuestion(await searchParams);
  const zone = application.timeZone;
  const readable = asked(question, zone, new Date());
  const problems = readable && "problems" in readable ? readable.problems : {};
  const ready = readable && "code" in readable ? readable : null;
  const found = ready && (await checkCode(scope, ready));
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="Check a code"
        description="Would it work for this friend at that time, and if not, why? It is asked as a shop asks, and nothing is stored or counted."
      />
      <PageBody>
        <CheckForm
          key={JSON.stringify(question)}
          path={shopPaths(application.id).check()}
          question={question}
          problems={problems}
          zone={zone}
        />
        {found && ready && <Verdict applicationId={application.id} {...found} asked={ready} zone={zone} />}
      </PageBody>
    </AppShell>
  );
}
