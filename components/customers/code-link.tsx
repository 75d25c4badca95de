import Link from "next/link";
import type { Friend } from "@/lib/customers/queries";
import { referralPaths } from "@/lib/referrals/list/search-params";

/** A code that leads to its page; one that was deleted since says so. */
export function CodeLink({
  applicationId,
  campaignId,
  referralId,
  code,
}: { applicationId: number } & Pick<Friend, "campaignId" | "referralId" | "code">) {
  if (referralId === null)
    return (
      <>
        <span className="mono">{code}</span> <span className="text-mute">(deleted)</span>
      </>
    );
  return (
    <Link
      prefetch={false}
      href={referralPaths({ applicationId, campaignId }).referral(referralId)}
      className="link mono"
    >
      {code}
    </Link>
  );
}
