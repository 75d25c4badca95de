import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { BatchMenu } from "@/components/batches/batch-menu";
import { CopyButton } from "@/components/ui/copy-button";
import { cx } from "@/components/ui/cx";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import type { CampaignIds } from "@/lib/access/scope";
import type { BatchOrigin, ListedBatch } from "@/lib/batches/list";
import {
  type BatchColumn,
  type BatchList,
  batchColumns,
  batchListHref,
  sortAfterPress,
} from "@/lib/batches/search-params";
import { formatCount, formatNumber } from "@/lib/format";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type BatchTableProps = {
  scope: CampaignIds;
  batches: ListedBatch[];
  list: BatchList;
  paths: ReturnType<typeof referralPaths>;
  zone: string;
  hasLinks: boolean;
};

const howWords: Record<BatchOrigin, string> = { created: "Created", imported: "Imported", api: "API" };

/** The batches of a campaign; a press on a column's head sorts by it, the menu of a row has what the batch's page offers. */
export function BatchTable({ scope, batches, list, paths, zone, hasLinks }: BatchTableProps) {
  return (
    <Table caption="Batches" flush className="max-sm:[&_.wide]:hidden">
      <thead>
        <tr>
          {(Object.keys(batchColumns) as BatchColumn[]).map((column) => (
            <Head key={column} column={column} list={list} path={paths.batches} />
          ))}
          <th scope="col" className="acts">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <tr key={batch.batchId}>
            <th scope="row" className="font-normal">
              <Link
                prefetch={false}
                href={paths.batch(batch.batchId)}
                className="link block w-max max-w-44 py-1 whitespace-normal [overflow-wrap:anywhere] sm:max-w-64"
              >
                {batch.name || <span className="text-mute">No name</span>}
              </Link>
              {batch.note && (
                <span title={batch.note} className="block max-w-44 truncate pb-1 text-sm text-mute sm:max-w-64">
                  {batch.note}
                </span>
              )}
              <span className="num block pb-1 text-sm text-mute sm:hidden">
                {formatCount(batch.codes, "code")}, {formatNumber(batch.redemptions)} redeemed
              </span>
            </th>
            <td className="min-w-28">
              <CopyButton value={batch.batchId} label={`Batch ID ${batch.batchId}`} className="max-w-none" />
            </td>
            <td className="end num wide">{formatNumber(batch.codes)}</td>
            <td className="end num wide">{formatNumber(batch.redemptions)}</td>
            <td>
              <Link prefetch={false} href={paths.operation(batch.operationId)} className="hover:underline">
                {howWords[batch.how]}
              </Link>
            </td>
            <td className="max-w-40 truncate">{batch.by}</td>
            <td className="num">
              <Moment at={batch.created} zone={zone} />
            </td>
            <td className="end acts">
              {batch.codes > 0 && <BatchMenu scope={scope} batch={batch} hasLinks={hasLinks} />}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Head({ column, list, path }: { column: BatchColumn; list: BatchList; path: string }) {
  const sorted = list.sort === column ? "ascending" : list.sort === `-${column}` ? "descending" : undefined;
  const Arrow = sorted === "ascending" ? ArrowUp : ArrowDown;
  const end = column === "codes" || column === "redemptions";
  return (
    <th scope="col" aria-sort={sorted} className={cx(end && "end wide")}>
      <Link
        prefetch={false}
        scroll={false}
        href={batchListHref(path, { q: list.q, sort: sortAfterPress(column, list.sort) })}
        className="inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink"
      >
        {batchColumns[column]}
        {sorted && <Arrow aria-hidden="true" className="size-3.5" />}
      </Link>
    </th>
  );
}
