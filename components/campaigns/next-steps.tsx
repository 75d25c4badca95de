import { Plus, Upload } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { campaignStatus } from "@/lib/campaigns/rules";

type NextStepsProps = {
  campaign: {
    state: string;
    startTime: Date | null;
    endTime: Date | null;
    hasReferrals: boolean;
    referralCount: number;
  };
  campaignPath: string;
  now: Date;
};

const waiting = {
  scheduled: "The campaign has not started yet: its codes cannot be redeemed before it does.",
  ended: "The campaign has ended: its codes cannot be redeemed any more.",
  disabled: "The campaign is disabled: its codes cannot be redeemed until it is enabled.",
  archived: "The campaign is archived: its codes cannot be redeemed any more.",
};

/** What keeps codes from being redeemed, or what to do first. Nothing where everything runs. */
export function NextSteps({ campaign, campaignPath, now }: NextStepsProps) {
  const status = campaignStatus(campaign, now);
  const settings = (
    <ButtonLink data-needs="campaigns.write" href={`${campaignPath}/settings`}>
      Settings
    </ButtonLink>
  );
  return (
    <>
      {!campaign.hasReferrals && (
        <Banner title="The referrals feature is off" actions={settings}>
          Switch it on to create codes that advocates share with friends.
        </Banner>
      )}
      {status !== "running" && (
        <Banner tone="warning" actions={settings}>
          {waiting[status]}
        </Banner>
      )}
      {campaign.hasReferrals && campaign.referralCount === 0 && (
        <EmptyState
          title="No codes yet"
          actions={
            <>
              <ButtonLink
                data-needs="referrals.import"
                href={`${campaignPath}/referrals/import`}
                icon={<Upload aria-hidden="true" className="size-4" />}
              >
                Import codes
              </ButtonLink>
              <ButtonLink
                data-needs="referrals.create"
                href={`${campaignPath}/referrals/new`}
                variant="primary"
                icon={<Plus aria-hidden="true" className="size-4" />}
              >
                Create referrals
              </ButtonLink>
            </>
          }
        >
          An advocate shares a referral code with friends; a friend who redeems it is counted for the advocate. Create
          codes for your advocates, or import the ones you have.
        </EmptyState>
      )}
    </>
  );
}
