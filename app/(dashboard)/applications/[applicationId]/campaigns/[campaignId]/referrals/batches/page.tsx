import { Layers } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BatchSearch } from "@/components/batches/batch-search";
import { BatchTable } from "@/components/batches/batch-table";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { OlderLink } from "@/components/operations/older-link";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listBatches } from "@/lib/batches/list";
import { batchListHref, readBatchList } from "@/lib/batches/search-params";
import { formatCount } from "@/lib/format";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Batches" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function BatchesPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Batches" />;
  const { notes, ...list } = readBatchList(await searchParams);
  const { rows, total, hasMore } = await listBatches(scope, { ...list, size: 50 });
  const paths = referralPaths(scope.ids);
  const last = rows.at(-1);
  return (
    <>
      <PageHeader
        title="Batches"
        count={rows.length > 0 && formatCount(total, "batch", "batches")}
        description="Codes that were made together, by one creation or one file."
      />
      {notes.map((note) => (
        <Banner key={note} tone="warning">
          {note}
        </Banner>
      ))}
      {(rows.length > 0 || list.q !== "") && <BatchSearch path={paths.batches} list={list} />}
      {rows.length > 0 ? (
        <BatchTable
          scope={scope.ids}
          batches={rows}
          list={list}
          paths={paths}
          zone={campaign.application.timeZone}
          hasLinks={campaign.linkPattern !== ""}
        />
      ) : (
        <Nothing list={list} paths={paths} />
      )}
      <OlderLink
        first="First page"
        next="Next page"
        newest={list.after ? batchListHref(paths.batches, { ...list, after: null }) : null}
        older={hasMore && last ? batchListHref(paths.batches, { ...list, after: last.batchId }) : null}
      />
    </>
  );
}

type NothingProps = { list: { q: string; after: string | null }; paths: ReturnType<typeof referralPaths> };

function Nothing({ list: { q, after }, paths }: NothingProps) {
  if (after) return <EmptyState title="No further batches">The first page shows them from the beginning.</EmptyState>;
  if (q !== "") {
    return (
      <EmptyState
        title="No batch is called so"
        actions={<ButtonLink href={paths.batches}>Show all batches</ButtonLink>}
      >
        No name, note or Batch ID contains “{q}”. Type less of it, or look at all batches.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Layers aria-hidden="true" />}
      title="No batches yet"
      actions={
        <>
          <ButtonLink data-needs="referrals.import" href={paths.import}>
            Import codes
          </ButtonLink>
          <ButtonLink data-needs="referrals.create" href={paths.create} variant="primary">
            Create codes
          </ButtonLink>
        </>
      }
    >
      Codes for several advocates, and codes from a file, are a batch: they can be named, shared, changed and exported
      together.
    </EmptyState>
  );
}
