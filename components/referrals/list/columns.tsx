import { copyCell, shareCell, textCell } from "@/components/data-table/cells";
import { columnsOf } from "@/components/data-table/columns";
import { StatusTag } from "@/components/referrals/status-tag";
import type { referralPaths } from "@/lib/referrals/search-params";
import { attributesCell } from "./attributes-cell";
import type { RowPresses } from "./row-actions";
import type { Moment, ReferralItem } from "./rows";

const numbers = new Intl.NumberFormat("en-GB");
const formatNumber = (value: number) => numbers.format(value);

/** A date in the application's zone; nothing where it is not set. */
function momentCell(moment: Moment | null) {
  return (
    moment && (
      <time dateTime={moment.iso} title={moment.hint} className="cell-moment">
        {moment.text}
      </time>
    )
  );
}

/** The columns of the referrals list, in the order and wording its users know, then each row's menu. */
export function referralColumns(paths: ReturnType<typeof referralPaths>, presses: RowPresses) {
  const column = columnsOf<ReferralItem>();
  return column.columns([
    column.display({
      id: "code",
      header: "Code",
      meta: { width: "clamp(9.5rem, 40vw, 13.75rem)", room: 13.75, rowHeader: true },
      cell: ({ row: { original: item } }) => (
        <span className="cell-line max-sm:flex-wrap" title={item.code.length > 20 ? item.code : undefined}>
          {copyCell(item.code, `code ${item.code}`, presses.copy)}
          {item.status !== "active" && <StatusTag status={item.status} />}
        </span>
      ),
    }),
    column.display({
      id: "redemptions",
      header: "Redemptions",
      meta: { width: "6.75rem", room: 6.75 },
      cell: ({ row: { original: item } }) => shareCell(item.used, item.limit, formatNumber),
    }),
    column.display({
      id: "advocate",
      header: "Advocate's Integration ID",
      meta: { width: "10rem", room: 10 },
      cell: ({ row }) => textCell(row.original.advocate),
    }),
    column.display({
      id: "batch",
      header: "Batch ID",
      meta: { width: "7.5rem", room: 7.5 },
      cell: ({ row: { original: item } }) =>
        item.batchId && (
          <span className="cell-line">
            {copyCell(item.batchId, `Batch ID ${item.batchId}`, presses.copy)}
            <a
              href={paths.batch(item.batchId)}
              title="Open batch"
              className="cell-icon icon-batch"
              onClick={presses.follow}
            >
              <span className="sr-only">Open batch {item.batchId}</span>
            </a>
          </span>
        ),
    }),
    column.display({
      id: "created",
      header: "Created",
      meta: { width: "8.25rem", room: 8.25 },
      cell: ({ row }) => momentCell(row.original.created),
    }),
    column.display({
      id: "validFrom",
      header: "Valid from",
      meta: { width: "5.625rem", room: 5.625 },
      cell: ({ row }) => momentCell(row.original.validFrom),
    }),
    column.display({
      id: "validUntil",
      header: "Valid until",
      meta: { width: "5.625rem", room: 5.625 },
      cell: ({ row }) => momentCell(row.original.validUntil),
    }),
    column.display({
      id: "attributes",
      header: "Attributes",
      meta: { room: 4 },
      cell: ({ row: { original: item } }) => attributesCell(item.id, item.code, item.attributes, presses.attributes),
    }),
    column.display({
      id: "actions",
      header: "Actions",
      meta: { width: "2.75rem", room: 2.75, hideHeader: true },
      cell: ({ row: { original: item } }) => (
        <button
          type="button"
          value={item.id}
          aria-label={`Actions for ${item.code}`}
          aria-haspopup="menu"
          aria-expanded="false"
          title={`Actions for ${item.code}`}
          className="cell-icon icon-dots"
          onClick={(event) => presses.menu(event.currentTarget)}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            presses.menu(event.currentTarget);
          }}
        />
      ),
    }),
  ]);
}
