"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { type ReferralList as List, referralPaths } from "@/lib/referrals/search-params";
import { referralColumns } from "./columns";
import { NoMatch } from "./list-empty";
import { type PageLinks, Pager } from "./pager";
import { useRowActions } from "./row-actions";
import type { ReferralItem } from "./rows";
import { SearchBox } from "./search-box";
import { useKeptScroll } from "./use-kept-scroll";
import { useListNavigation } from "./use-list-navigation";

type ReferralListProps = {
  scope: { applicationId: number; campaignId: number };
  list: List;
  /** What was wrong in the address. */
  notes: string[];
  /** Why nothing can match, where that is so. */
  refusals: string[];
  items: ReferralItem[];
  links: PageLinks;
  /** Counted on the server, after the rows. */
  position: ReactNode;
  timeZone: string;
};

const rowId = (item: ReferralItem) => item.id;

/** The referrals list: search and filter, the table, and the steps between its pages. */
export function ReferralList({ scope, list, notes, refusals, items, links, position, timeZone }: ReferralListProps) {
  const { applicationId, campaignId } = scope;
  const { busy, go } = useListNavigation();
  const paths = useMemo(() => referralPaths({ applicationId, campaignId }), [applicationId, campaignId]);
  const { presses, shown } = useRowActions(items, paths);
  const columns = useMemo(() => referralColumns(paths, presses), [paths, presses]);
  const region = useKeptScroll(paths.list(list));
  const filtered = list.q.trim() !== "" || list.batch !== "";
  const { q, batch, size } = list;
  const everything = paths.list({ size });

  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
        <SearchBox text={q} onSearch={(text) => go(paths.list({ q: text, batch, size }), "replace")} />
        {batch !== "" && <BatchFilter batch={batch} batchHref={paths.batch(batch)} without={paths.list({ q, size })} />}
        {filtered && (
          <ButtonLink href={everything} variant="quiet" prefetch={false}>
            Clear filters
          </ButtonLink>
        )}
        <p className="ml-auto text-sm text-mute">Times in {timeZone}</p>
      </div>
      {notes.length > 0 && (
        <div className="flex flex-col gap-2 px-4 pb-3 sm:px-6">
          {notes.map((note) => (
            <Banner key={note} tone="warning">
              {note}
            </Banner>
          ))}
        </div>
      )}
      <DataTable
        caption={`Referrals, newest first. Times in ${timeZone}.`}
        columns={columns}
        rows={items}
        rowId={rowId}
        busy={busy}
        region={region}
        empty={<NoMatch q={q} batch={batch} refusals={refusals} clear={everything} />}
      />
      {shown}
      <Pager
        links={links}
        size={size}
        position={position}
        onPage={(href) => go(href, "push")}
        onSize={(next) => go(paths.list({ q, batch, size: next }), "push")}
      />
    </>
  );
}

function BatchFilter({ batch, batchHref, without }: { batch: string; batchHref: string; without: string }) {
  const name = batch.length > 20 ? `${batch.slice(0, 20)}…` : batch;
  return (
    <span className="inline-flex min-h-8 items-center gap-1.5 rounded-md border bg-panel pl-2.5">
      <span className="text-mute">Batch</span>
      {/^[a-z]{8}$/.test(batch) ? (
        <Link href={batchHref} prefetch={false} className="mono inline-flex min-h-6 items-center hover:underline">
          {name}
        </Link>
      ) : (
        <span className="mono">{name}</span>
      )}
      <Link
        href={without}
        prefetch={false}
        aria-label={`Remove the filter for batch ${name}`}
        className="inline-grid size-8 place-items-center rounded-md text-mute hover:bg-sunk hover:text-ink"
      >
        <X aria-hidden="true" className="size-3.5" />
      </Link>
    </span>
  );
}
