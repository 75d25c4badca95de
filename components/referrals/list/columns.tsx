"use client";

import { columnsOf } from "@/components/data-table/columns";
import type { referralPaths } from "@/lib/referrals/search-params";
import { AttributesCell } from "./attributes-cell";
import { BatchCell, CodeCell, MomentCell, RedemptionsCell } from "./cells";
import { RowMenu } from "./row-menu";
import type { ReferralItem } from "./rows";

/** The columns of the referrals list, in the order and wording its users know, then each row's menu. */
export function referralColumns(paths: ReturnType<typeof referralPaths>) {
  const column = columnsOf<ReferralItem>();
  return column.columns([
    column.accessor("code", {
      header: "Code",
      meta: { width: "clamp(9.5rem, 40vw, 13.75rem)", rowHeader: true },
      cell: ({ row }) => <CodeCell item={row.original} />,
    }),
    column.display({
      id: "redemptions",
      header: "Redemptions",
      meta: { width: "6.75rem" },
      cell: ({ row }) => <RedemptionsCell used={row.original.used} limit={row.original.limit} />,
    }),
    column.accessor("advocate", {
      header: "Advocate's Integration ID",
      meta: { width: "10rem" },
      cell: ({ row }) => (
        <span title={row.original.advocate} className="block truncate">
          {row.original.advocate}
        </span>
      ),
    }),
    column.accessor("batchId", {
      header: "Batch ID",
      meta: { width: "7.5rem" },
      cell: ({ row: { original: item } }) =>
        item.batchId && <BatchCell batchId={item.batchId} href={paths.batch(item.batchId)} />,
    }),
    column.accessor("created", {
      header: "Created",
      meta: { width: "8.25rem" },
      cell: ({ row }) => <MomentCell moment={row.original.created} />,
    }),
    column.accessor("validFrom", {
      header: "Valid from",
      meta: { width: "5.625rem" },
      cell: ({ row }) => <MomentCell moment={row.original.validFrom} />,
    }),
    column.accessor("validUntil", {
      header: "Valid until",
      meta: { width: "5.625rem" },
      cell: ({ row }) => <MomentCell moment={row.original.validUntil} />,
    }),
    column.accessor("attributes", {
      header: "Attributes",
      cell: ({ row }) => <AttributesCell code={row.original.code} attributes={row.original.attributes} />,
    }),
    column.display({
      id: "actions",
      header: "Actions",
      meta: { width: "2.75rem", hideHeader: true },
      cell: ({ row }) => <RowMenu item={row.original} paths={paths} />,
    }),
  ]);
}
