import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OlderLink } from "@/components/operations/older-link";
import { RedemptionTable } from "@/components/redemptions/redemption-table";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatDateTime } from "@/lib/format";
import { campaignAt } from "@/lib/page";
import { listRedemptions } from "@/lib/redemptions/list";
import { type RedemptionRange, readRedemptions, redemptionsHref } from "@/lib/redemptions/search-params";
import type { SearchParams } from "@/lib/search-params";
import { shortened } from "@/lib/shortened";

export const metadata: Metadata = { title: "Redemptions" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function RedemptionsPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "customers.read")) ?? notFound();
  const { notes, before, range } = readRedemptions(await searchParams, new Date());
  const { rows, hasMore } = range
    ? await listRedemptions(scope, { ...range, before, size: 50 })
    : { rows: [], hasMore: false };
  const { timeZone } = campaign.application;
  const path = `/applications/${campaign.applicationId}/campaigns/${campaign.id}`;
  return (
    <>
      <PageHeader
        back={{ href: path, label: "Overview" }}
        title="Redemptions"
        description={
          range ? `${rangeText(range, timeZone)} What was taken back is left out.` : "Nothing can be found so."
        }
      />
      {notes.map((note) => (
        <Banner key={note} tone="warning">
          {note}
        </Banner>
      ))}
      {rows.length === 0 ? (
        <EmptyState title={before ? "Nothing older" : "No redemptions in this time"}>
          A redemption stands here as soon as a shop has closed a session with a code of this campaign.
        </EmptyState>
      ) : (
        <RedemptionTable scope={scope.ids} rows={rows} zone={timeZone} />
      )}
      <OlderLink
        newest={before && range ? redemptionsHref(path, range) : null}
        older={hasMore && range ? redemptionsHref(path, range, rows.at(-1)?.id) : null}
      />
    </>
  );
}

function rangeText({ from, to, advocate, batch }: RedemptionRange, zone: string): string {
  const of = [
    advocate === undefined ? "" : `Of the advocate ${shortened(advocate)}. `,
    batch === undefined ? "" : `Of batch ${batch}. `,
  ];
  return `${of.join("")}From ${formatDateTime(from, zone)} until ${formatDateTime(to, zone)}, on the clocks of ${zone}.`;
}
