import Link from "next/link";
import type { ReactNode } from "react";
import { StatusTag } from "@/components/referrals/status-tag";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import { statusOf } from "@/lib/codes/status";
import type { Relations as Known, OwnCode } from "@/lib/customers/relations";
import { formatCount, formatNumber } from "@/lib/format";
import { shopPaths } from "@/lib/sessions/search-params";
import { unlimited } from "@/lib/words";
import { CodeLink } from "./code-link";
import { FriendPages, Friends } from "./friends";

type Props = { applicationId: number; id: string; page: number; relations: Known; zone: string };

/** A customer as an advocate, with codes and the friends who came by them, and as a friend. */
export function Relations({ applicationId, id, page, relations, zone }: Props) {
  const { codes, codeCount, friends, friendCount, referredBy } = relations;
  return (
    <>
      <Part title="Came by" id="came-by">
        {referredBy ? (
          <ReferredBy applicationId={applicationId} referred={referredBy} zone={zone} />
        ) : (
          <p className="text-mute">{id} redeemed no code so far, so any code that is meant for them would work.</p>
        )}
      </Part>
      <Part title="Friends" id="friends" count={friendCount > 0 && formatCount(friendCount, "friend")}>
        {friends.length > 0 && <Friends applicationId={applicationId} friends={friends} zone={zone} />}
        {friendCount === 0 && <p className="text-mute">Nobody came by a code of theirs so far.</p>}
        <FriendPages {...{ applicationId, id, page }} {...relations} />
      </Part>
      <Part title="Codes" id="codes" count={codeCount > 0 && formatCount(codeCount, "code")}>
        {codes.length > 0 ? (
          <Codes applicationId={applicationId} codes={codes} />
        ) : (
          <p className="text-mute">They have no code in this application.</p>
        )}
        <Rest shown={codes.length} of={codeCount} />
      </Part>
    </>
  );
}

function Part({ title, id, count, children }: { title: string; id: string; count?: ReactNode; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="flex max-w-3xl flex-col gap-2">
      <h2 id={id} className="text-lg font-semibold">
        {title} {count && <span className="num text-base font-normal text-mute">{count}</span>}
      </h2>
      {children}
    </section>
  );
}

function Rest({ shown, of }: { shown: number; of: number }) {
  if (of <= shown) return null;
  return (
    <p className="text-mute">
      The latest {formatNumber(shown)} of {formatNumber(of)}.
    </p>
  );
}

function ReferredBy({
  applicationId,
  referred,
  zone,
}: {
  applicationId: number;
  referred: NonNullable<Known["referredBy"]>;
  zone: string;
}) {
  const { advocateIntegrationId: advocate, created, sessionIntegrationId } = referred;
  return (
    <p className="[overflow-wrap:anywhere]">
      <CodeLink applicationId={applicationId} {...referred} />
      {advocate !== null && (
        <>
          {" "}
          of{" "}
          <Link prefetch={false} href={shopPaths(applicationId).customer(advocate)} className="link">
            {advocate}
          </Link>
        </>
      )}{" "}
      in session <span className="mono">{sessionIntegrationId}</span>, on <Moment at={created} zone={zone} />.
    </p>
  );
}

function Codes({ applicationId, codes }: { applicationId: number; codes: OwnCode[] }) {
  const now = new Date();
  return (
    <Table caption="Their codes, newest first" className="border-t">
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Campaign</th>
          <th scope="col">Status</th>
          <th scope="col" className="end">
            Redemptions
          </th>
        </tr>
      </thead>
      <tbody>
        {codes.map((code) => (
          <tr key={code.id}>
            <th scope="row" className="font-normal">
              <CodeLink
                applicationId={applicationId}
                campaignId={code.campaignId}
                referralId={code.id}
                code={code.code}
              />
            </th>
            <td className="max-w-60 truncate" title={code.campaign}>
              {code.campaign}
            </td>
            <td>
              <StatusTag status={statusOf(code, now)} />
            </td>
            <td className="num end">
              {formatNumber(code.usageCounter)} /{" "}
              {code.usageLimit === 0 ? <span title={unlimited}>∞</span> : formatNumber(code.usageLimit)}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
