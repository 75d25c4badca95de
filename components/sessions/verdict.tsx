import { Check, X } from "lucide-react";
import Link from "next/link";
import { StatusTag } from "@/components/referrals/status-tag";
import { Fact, Facts } from "@/components/ui/facts";
import { statusOf } from "@/lib/codes/status";
import { formatCount, formatNumber } from "@/lib/format";
import type { KnownCode } from "@/lib/redemptions/facts";
import type { RejectionReason } from "@/lib/redemptions/reasons";
import { rejectionWords, verdictWords } from "@/lib/redemptions/words";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { shopPaths } from "@/lib/sessions/search-params";
import { unlimited } from "@/lib/words";

type Props = {
  applicationId: number;
  known: KnownCode | null;
  campaign: string;
  reason: RejectionReason | null;
  asked: { friend: string | null; now: Date };
  zone: string;
};

/** Whether a code would work, why not and what to do, and what there is to know of it. */
export function Verdict({ applicationId, known, campaign, reason, asked, zone }: Props) {
  const { friend, now } = asked;
  const good = reason === null;
  return (
    <section aria-labelledby="verdict" className="flex max-w-3xl flex-col gap-4">
      <div
        className={`flex gap-3 rounded-md border px-4 py-3 ${good ? "border-good/30 bg-good-soft" : "border-bad/30 bg-bad-soft"}`}
      >
        {good ? (
          <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-good" />
        ) : (
          <X aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-bad" />
        )}
        <div className="flex min-w-0 flex-col gap-1 [overflow-wrap:anywhere]">
          <h2 id="verdict" className="font-semibold">
            {verdictWords(good, { now, zone })}
          </h2>
          {reason !== null && <p>{rejectionWords(reason, { code: known, campaign, friend, now, zone })}</p>}
          {reason !== null && (
            <p className="text-sm text-mute">
              Shops are told <code className="mono">rejectReferral</code>, <code className="mono">{reason}</code>.
            </p>
          )}
          {good && <p>Closing a session with it redeems it. Nothing was stored or counted by this check.</p>}
        </div>
      </div>
      {known && <KnownFacts applicationId={applicationId} known={known} campaign={campaign} />}
    </section>
  );
}

function KnownFacts({ applicationId, known, campaign }: { applicationId: number; known: KnownCode; campaign: string }) {
  const paths = referralPaths({ applicationId, campaignId: known.campaignId });
  const { usageLimit, usageCounter, advocateIntegrationId } = known;
  return (
    <Facts>
      <Fact name="Code">
        <Link prefetch={false} href={paths.referral(known.id)} className="link mono">
          {known.code}
        </Link>{" "}
        <StatusTag status={statusOf(known, new Date())} />
      </Fact>
      <Fact name="Campaign">
        <Link prefetch={false} href={paths.list()} className="link">
          {campaign}
        </Link>
      </Fact>
      <Fact name="Advocate's Integration ID">
        <Link prefetch={false} href={shopPaths(applicationId).customer(advocateIntegrationId)} className="link">
          {advocateIntegrationId}
        </Link>
      </Fact>
      <Fact name="Redemptions">
        <span className="num">
          {formatNumber(usageCounter)}
          {usageLimit === 0 ? `, ${unlimited}` : ` of ${formatCount(usageLimit, "time", "times")}`}
        </span>
      </Fact>
      {known.standings.map(({ id, entity, amount, used }) => (
        <Fact
          key={id}
          name={
            entity === null
              ? "Campaign’s budget"
              : entity === "Profile"
                ? "Budget for each friend"
                : "Budget for each code"
          }
        >
          <span className="num">
            {formatNumber(used)} of {formatNumber(amount)} used
          </span>
        </Fact>
      ))}
    </Facts>
  );
}
