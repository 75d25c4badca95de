import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { Distance } from "@/components/ui/distance";
import { Fact, Facts } from "@/components/ui/facts";
import { Moment } from "@/components/ui/moment";
import { attributeValueText } from "@/lib/attributes/text";
import { attributeTitle, attributeType, inOrder, type Reading } from "@/lib/attributes/titles";
import { formatCount, formatNamedBound, formatNumber } from "@/lib/format";
import type { ReferralDetail } from "@/lib/referrals/detail";
import type { referralPaths } from "@/lib/referrals/list/search-params";
import { unlimited, unsetWord } from "@/lib/words";

type Props = {
  referral: ReferralDetail;
  paths: ReturnType<typeof referralPaths>;
  reading: Reading;
  /** The page of a customer. */
  customer: (id: string) => string;
  /** When the page was made. */
  now: Date;
};

/** Everything about one code, in words. */
export function ReferralFacts({ referral, paths, reading, customer, now }: Props) {
  const { timeZone, attributes } = reading;
  const { usageLimit, usageCounter, validFrom, validUntil, batchId } = referral;
  return (
    <Facts className="w-full max-w-3xl">
      <Fact name="Redemptions">
        <span className="num">
          {usageLimit === 0
            ? `${formatNumber(usageCounter)}, ${unlimited}`
            : `${formatNumber(usageCounter)} of ${formatCount(usageLimit, "time", "times")}`}
        </span>
      </Fact>
      <Fact name="Advocate's Integration ID">
        <CopyButton value={referral.advocateIntegrationId} label="advocate" wrap>
          {referral.advocateIntegrationId}
        </CopyButton>{" "}
        <Link
          prefetch={false}
          href={customer(referral.advocateIntegrationId)}
          className="link inline-flex min-h-6 items-center"
        >
          Their friends
        </Link>
      </Fact>
      <Fact name="Only for friend">
        {referral.friendIntegrationId ?? <span className="text-mute">{unsetWord("friend")}</span>}
      </Fact>
      <Fact name="Batch ID">
        {batchId ? (
          <Link prefetch={false} href={paths.batch(batchId)} className="link mono">
            {batchId}
          </Link>
        ) : (
          <span className="text-mute">{unsetWord("batch")}</span>
        )}
      </Fact>
      <Fact name="Created">
        <Moment at={referral.created} zone={timeZone} now={now} full />
      </Fact>
      <Fact name="Valid from">
        {validFrom ? (
          <>
            {formatNamedBound(validFrom, timeZone, "start")} <Distance instant={validFrom} now={now} />
          </>
        ) : (
          <span className="text-mute">{unsetWord("validFrom")}</span>
        )}
      </Fact>
      <Fact name="Valid until">
        {validUntil ? (
          <>
            {formatNamedBound(validUntil, timeZone, "end")} <Distance instant={validUntil} now={now} />
          </>
        ) : (
          <span className="text-mute">{unsetWord("validUntil")}</span>
        )}
      </Fact>
      {inOrder(referral.attributes, attributes).map(([name, value]) => (
        <Fact key={name} name={attributeTitle(attributes, name)}>
          {attributeValueText(value, attributeType(attributes, name), timeZone)}
        </Fact>
      ))}
    </Facts>
  );
}
