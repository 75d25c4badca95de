import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { EditForm } from "@/components/referrals/edit/edit-form";
import { ValuesForm } from "@/components/referrals/edit/values-form";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { listAttributes } from "@/lib/attributes/queries";
import { idField } from "@/lib/codes/schema";
import type { Selection } from "@/lib/operations/schema";
import { getSubject } from "@/lib/operations/subject";
import { campaignAt } from "@/lib/page";
import { codeById } from "@/lib/referrals/detail";
import { referralPaths } from "@/lib/referrals/list/search-params";

type Props = {
  params: Promise<{ applicationId: string; campaignId: string; referralId: string }>;
  searchParams: Promise<{ form?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const place = await campaignAt(params, "referrals.edit");
  const code = place?.campaign.hasReferrals ? await codeById(place.scope, (await params).referralId) : null;
  return { title: code ? `Edit ${code}` : "Edit referral" };
}

export default async function EditReferralPage({ params, searchParams }: Props) {
  const { referralId } = await params;
  const { scope, campaign } = (await campaignAt(params, "referrals.edit")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Edit referral" />;
  if (!idField.safeParse(referralId).success) notFound();
  const paths = referralPaths(scope.ids);
  const selection: Selection = { by: "ids", ids: [referralId] };
  const subject = (await getSubject(scope, selection)) ?? notFound();
  const attributes = await listAttributes(scope);
  const zone = campaign.application.timeZone;
  return (
    <>
      <PageHeader
        back={{ href: paths.referral(referralId), label: subject.code ?? "Referral" }}
        title={
          <>
            Edit <span className="mono">{subject.code}</span>
          </>
        }
        description={`Advocate ${subject.advocateIntegrationId}. The code and its advocate never change.`}
      />
      {(await searchParams).form === "plan" ? (
        <EditForm
          scope={scope.ids}
          selection={selection}
          subject={subject}
          attributes={attributes}
          zone={zone}
          donePath={paths.referral(referralId)}
          operationsPath={paths.operations}
          cancelPath={paths.referral(referralId)}
        />
      ) : (
        <PageBody narrow>
          <ValuesForm
            scope={scope.ids}
            referralId={referralId}
            values={subject.fields ?? {}}
            attributes={attributes}
            zone={zone}
          />
        </PageBody>
      )}
    </>
  );
}
