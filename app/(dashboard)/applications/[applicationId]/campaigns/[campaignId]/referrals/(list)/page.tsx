import { FileDown, FileUp } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { ExportButton } from "@/components/referrals/export/export-button";
import { NoReferrals } from "@/components/referrals/list/no-referrals";
import { Position, tallyText } from "@/components/referrals/list/position";
import { ReferralList } from "@/components/referrals/list/referral-list";
import { listItems } from "@/components/referrals/list/rows";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { countOrNull } from "@/lib/count-or-null";
import { formatCount, formatNumber, plural } from "@/lib/format";
import { campaignAt } from "@/lib/page";
import { narrows, sortOf } from "@/lib/referrals/list/filter/terms";
import { cursorOf } from "@/lib/referrals/list/order";
import {
  countReferrals,
  listReferrals,
  noReferrals,
  type ReferralCount,
  type ReferralPage,
  type Tally,
} from "@/lib/referrals/list/queries";
import { readReferralList } from "@/lib/referrals/list/read";
import { columnTitles, type ReferralList as List, referralPaths } from "@/lib/referrals/list/search-params";
import { say } from "@/lib/say";
import { getSelection } from "@/lib/selections/queries";
import { selectionSentences } from "@/lib/selections/reasons";

export const metadata: Metadata = { title: "Referrals" };

type Props = {
  params: Promise<{ applicationId: string; campaignId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ReferralsPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} />;

  const paths = referralPaths(scope.ids);
  const { timeZone, attributes } = campaign.application;
  const { list, filter, refusals, notes } = readReferralList(await searchParams, attributes);
  const now = new Date();
  const asked = filter && { filter, sort: list.sort, zone: timeZone, now };
  const showing = asked && listReferrals(scope, asked, list.page, list.size);
  // Begun now and awaited by nothing: the rows never wait for their count.
  const counted = asked && showing && countOrNull(countReferrals(scope, asked, list.page, showing));
  const shown = showing ? await showing : noReferrals;
  if (shown.rows.length === 0 && filter?.selection) {
    // asked only where nothing is shown: an empty list must not pass for what was chosen
    const selection = await getSelection(scope, filter.selection);
    if (!selection?.kept)
      refusals.push({ param: "selection", message: say(selectionSentences, { reason: "selection_gone" }) });
  }
  if (shown.rows.length === 0 && filter && !narrows(filter)) {
    return (
      <>
        <PageHeader title="Referrals" count={formatCount(0, "code")} />
        <NoReferrals create={paths.create} upload={paths.import} />
      </>
    );
  }
  return (
    <div className="flex h-[calc(100dvh-3rem)] min-h-112 min-w-0 flex-col md:h-dvh">
      <PageHeader
        title="Referrals"
        count={
          <>
            {formatNumber(campaign.referralCount)}
            <span className="max-sm:sr-only"> {plural(campaign.referralCount, "code")}</span>
          </>
        }
        actions={
          <>
            {shown.rows.length > 0 && (
              <ExportButton scope={scope.ids} list={list} hasLinks={campaign.linkPattern !== ""}>
                <FileDown aria-hidden="true" className="size-4 text-mute" />
                <span className="max-sm:sr-only">Export</span>
              </ExportButton>
            )}
            <ButtonLink
              data-needs="referrals.import"
              href={paths.import}
              icon={<FileUp aria-hidden="true" className="size-4 text-mute" />}
            >
              <span className="max-sm:sr-only">Import</span>
            </ButtonLink>
            <ButtonLink data-needs="referrals.create" href={paths.create} variant="primary">
              Create<span className="max-sm:sr-only"> referrals</span>
            </ButtonLink>
          </>
        }
      />
      <ReferralList
        scope={scope.ids}
        list={list}
        filter={refusals.length > 0 ? null : filter}
        notes={notes}
        refusals={refusals}
        items={listItems(shown.rows, campaign.application, now, list.columns ?? [])}
        caption={captionOf(list, timeZone)}
        opened={now.toISOString()}
        titles={attributes}
        links={pageLinks(paths, list, shown)}
        timeZone={timeZone}
        sharing={{ linkPattern: campaign.linkPattern, hasText: campaign.shareText !== "" }}
        position={
          <Suspense key={paths.list(list)} fallback={<span className="scripted">Counting…</span>}>
            <CountedPosition counted={counted} rows={shown.rows.length} />
          </Suspense>
        }
        matching={Promise.resolve(counted).then((count) => (count ? tallyText(count.total) : null))}
        numbers={Promise.resolve(counted).then((count) => ({
          before: exactly(count?.before ?? null),
          total: exactly(count?.total ?? null),
        }))}
      />
    </div>
  );
}

const exactly = (tally: Tally | null) => (tally?.is === "exact" ? tally.count : null);

function pageLinks(paths: ReturnType<typeof referralPaths>, list: List, { rows, hasPrevious, hasNext }: ReferralPage) {
  const [first, last] = [rows.at(0), rows.at(-1)];
  const beside = (row: typeof first, at: "before" | "after") =>
    row ? paths.list({ ...list, page: { at, cursor: cursorOf(row, list.sort) } }) : null;
  return {
    first: hasPrevious ? paths.list({ ...list, page: { at: "first" } }) : null,
    previous: hasPrevious ? beside(first, "before") : null,
    next: hasNext ? beside(last, "after") : null,
    last: hasNext ? paths.list({ ...list, page: { at: "last" } }) : null,
  };
}

type CountedPositionProps = { counted: Promise<ReferralCount | null> | null; rows: number };

/** Streamed after the rows. Without a count it says how many these are. */
async function CountedPosition({ counted, rows }: CountedPositionProps) {
  const count = await counted;
  if (count) return <Position rows={rows} count={count} />;
  return rows === 0 ? "No codes" : `${formatCount(rows, "code")} on this page`;
}

function captionOf({ sort }: List, timeZone: string): string {
  const { key, descending } = sortOf(sort);
  const order =
    sort === "-created" ? "newest first" : `by ${columnTitles[key]}, ${descending ? "descending" : "ascending"}`;
  return `Referrals, ${order}. Times in ${timeZone}.`;
}
