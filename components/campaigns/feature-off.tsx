import { TicketX } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatCount } from "@/lib/format";

type FeatureOffProps = {
  campaign: { applicationId: number; id: number; name: string; referralCount: number };
  /** The heading of the page that would stand here. */
  title?: string;
};

/** Stands in for every page of referrals while the feature is off: says so, and where to switch it on. */
export function FeatureOff({ campaign, title = "Referrals" }: FeatureOffProps) {
  const { applicationId, id, name, referralCount } = campaign;
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        icon={<TicketX aria-hidden="true" />}
        title="The referrals feature is off"
        actions={
          <ButtonLink
            data-needs="campaigns.write"
            href={`/applications/${applicationId}/campaigns/${id}/settings`}
            variant="primary"
          >
            Open settings
          </ButtonLink>
        }
      >
        “{name}” does not take part in referrals. Switch the feature on under Settings, Features.
        {referralCount > 0 && ` Its ${formatCount(referralCount, "code is", "codes are")} kept and will be back then.`}
      </EmptyState>
    </>
  );
}
