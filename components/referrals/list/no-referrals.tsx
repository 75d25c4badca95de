import { Ticket } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

/** The campaign has no codes yet: what they are, and the two ways to get some. */
export function NoReferrals({ create, upload }: { create: string; upload: string }) {
  return (
    <EmptyState
      icon={<Ticket aria-hidden="true" />}
      title="No referral codes yet"
      actions={
        <>
          <ButtonLink data-needs="referrals.import" href={upload}>
            Import referrals
          </ButtonLink>
          <ButtonLink data-needs="referrals.create" href={create} variant="primary">
            Create referrals
          </ButtonLink>
        </>
      }
    >
      A referral code belongs to an advocate: a customer who invites friends by sharing it. When a friend redeems the
      code, the campaign knows whom to thank. Create codes here, or import those you have as a CSV file.
    </EmptyState>
  );
}
