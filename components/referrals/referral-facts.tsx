import Link from "next/link";
import { fieldValueText } from "@/components/operations/field-value";
import { CopyButton } from "@/components/ui/copy-button";
import { Fact, Facts } from "@/components/ui/facts";
import type { AttributeDefinition, AttributeValues } from "@/lib/attributes/rules";
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
      {titled(referral.attributes, attributes).map(({ name, title, type }) => (
        <Fact key={name} name={title || name}>
          {attributeText(name, type, referral.attributes[name], zone)}
        </Fact>
      ))}
    </Facts>
  );
}

/** The attributes that a code has, in the order of their definitions; one whose definition is gone comes last, by its name. */
function titled(values: AttributeValues, definitions: AttributeDefinition[]): Titled[] {
  const known = definitions.filter(({ name }) => name in values);
  const names = new Set(known.map(({ name }) => name));
  const others = Object.keys(values).filter((name) => !names.has(name));
  return [...known, ...others.map((name) => ({ name, title: name, type: "string" as const }))];
}

type Titled = Pick<AttributeDefinition, "name" | "title" | "type">;

function attributeText(name: string, type: AttributeDefinition["type"], value: unknown, zone: string): string {
  if (!type.includes("time")) return fieldValueText(`attributes.${name}`, value, zone);
  const times: unknown[] = Array.isArray(value) ? value : [value];
  return times.map((time) => formatInstant(new Date(String(time)), zone)).join(", ");
}
