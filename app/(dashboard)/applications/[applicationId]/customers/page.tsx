import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CustomerForm } from "@/components/customers/customer-form";
import { Relations } from "@/components/customers/relations";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { codeSentences } from "@/lib/codes/reasons";
import { integrationIdProblem } from "@/lib/codes/rules";
import { relationsOf } from "@/lib/customers/relations";
import { applicationAt } from "@/lib/page";
import { sayAny } from "@/lib/say";
import type { SearchParams } from "@/lib/search-params";
import { readCustomer } from "@/lib/sessions/search-params";
import { shortened } from "@/lib/shortened";

type Props = { params: Promise<{ applicationId: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { id } = readCustomer(await searchParams);
  const place = await applicationAt(params, "customers.read");
  return { title: id && place ? `${shortened(id)} · Customers` : "Customers" };
}

export default async function CustomersPage({ params, searchParams }: Props) {
  const { scope, application } = (await applicationAt(params, "customers.read")) ?? notFound();
  const { id, page } = readCustomer(await searchParams);
  const problem = id === "" ? undefined : (sayAny(codeSentences, integrationIdProblem(id)) ?? undefined);
  const relations = id !== "" && !problem && (await relationsOf(scope, id, page));
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="Customers"
        description="Who brought whom: the codes of a customer in all campaigns, the friends who came by them, and by whose code they came themselves."
      />
      <PageBody>
        <CustomerForm key={id} path={`/applications/${application.id}/customers`} id={id} problem={problem} />
        {relations && (
          <Relations
            applicationId={application.id}
            id={id}
            page={page}
            relations={relations}
            zone={application.timeZone}
          />
        )}
      </PageBody>
    </AppShell>
  );
}
