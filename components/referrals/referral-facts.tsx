import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { Fact, Facts } from "@/components/ui/facts";
import type { AttributeDefinition, AttributeValues } from "@/lib/attributes/rules";
import { attributeValueText } from "@/lib/attributes/text";
import { describeBound, formatCount, formatInstant, formatNumber } from "@/lib/format";
import type { ReferralDetail } from "@/lib/referrals/detail";
import type { referralPaths } from "@/lib/referrals/search-params";

type Props = {
  referral: ReferralDetail;
  /** In the order in which they are shown. */
  attributes: AttributeDefinition[];
  paths: ReturnType<typeof referralPaths>;
  zone: string;
};

/** Everything about one code, in words. */
export function ReferralFacts({ referral, attributes, paths, zone }: Props) {
  const { usageLimit, usageCounter, validFrom, validUntil, batchId } = referral;
  return (
    <Facts className="w-full max-w-3xl">
      <Fact name="Redemptions">
        <span className="num">
          {usageLimit === 0
            ? `${formatNumber(usageCounter)}, without a limit`
            : `${formatNumber(usageCounter)} of ${formatCount(usageLimit, "time", "times")}`}
        </span>
      </Fact>
      <Fact name="Advocate's Integration ID">
        <CopyButton value={referral.advocateIntegrationId} label="advocate" wrap>
          {referral.advocateIntegrationId}
        </CopyButton>
      </Fact>
      <Fact name="Only for friend">{referral.friendIntegrationId ?? <span className="text-mute">anyone</span>}</Fact>
      <Fact name="Batch ID">
        {batchId ? (
          <Link prefetch={false} href={paths.batch(batchId)} className="link mono">
            {batchId}
          </Link>
        ) : (
          <span className="text-mute">none</span>
        )}
      </Fact>
      <Fact name="Created">{formatInstant(referral.created, zone)}</Fact>
      <Fact name="Valid from">
        {validFrom ? describeBound(validFrom, zone, "start") : <span className="text-mute">at once</span>}
      </Fact>
      <Fact name="Valid until">
        {validUntil ? describeBound(validUntil, zone, "end") : <span className="text-mute">no end</span>}
      </Fact>
      {inOrder(referral.attributes, attributes).map(({ name, title, value }) => (
        <Fact key={name} name={title || name}>
          {attributeValueText(value, zone)}
        </Fact>
      ))}
    </Facts>
  );
}

/** A code's attributes in the order of their definitions; those whose definition is gone come last, by their names. */
function inOrder(values: AttributeValues, definitions: AttributeDefinition[]) {
  const known = definitions.filter(({ name }) => name in values);
  const names = new Set([...known.map(({ name }) => name), ...Object.keys(values)]);
  return [...names].flatMap((name) => {
    const value = values[name];
    const title = known.find((definition) => definition.name === name)?.title;
    return value === undefined ? [] : { name, title, value };
  });
}
