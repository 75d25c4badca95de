import type { ReactNode } from "react";
import { copyCell, shareCell, textCell } from "@/components/data-table/cells";
import { columnsOf } from "@/components/data-table/columns";
import { StatusTag } from "@/components/referrals/status-tag";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { type ColumnId, columnTitles, type referralPaths } from "@/lib/referrals/search-params";
import { attributesCell } from "./attributes-cell";
import { columnName } from "./column-names";
import { wordLabels } from "./filters/conditions";
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

// What a screen of 1280 pixels has for columns beside their ticks and menus, in rem, and how many letters of a chip are one.
const screen = 62.9;
const lettersARem = 2.1;

/** These columns of the referrals list, then each row's menu. */
export function referralColumns(
  ids: ColumnId[],
  titles: readonly AttributeTitle[],
  paths: ReturnType<typeof referralPaths>,
  presses: RowPresses,
) {
  let letters = 0;
  const all = knownColumns(paths, presses, (item) => attributesCell(item, titles, letters, presses.attributes));
  const chosen = ids.map((id) => all.find((known) => known.id === id) ?? attributeColumn(id, columnName(titles, id)));
  const others = chosen.reduce((sum, { id, meta }) => sum + (id === "attributes" ? 0 : (meta?.room ?? 0)), 0);
  letters = Math.floor((screen - others) * lettersARem);
  // What takes the width that is left: attributes, or the last one.
  const wide = chosen.findLast(({ id }) => id === "attributes") ?? chosen.at(-1);
  const sized = chosen.map((one) =>
    one === wide && one.meta ? { ...one, meta: { ...one.meta, width: undefined } } : one,
  );
  return [...sized, menuColumn(presses)];
}

function attributeColumn(id: ColumnId, header: string) {
  const name = id.slice(5);
  return columnsOf<ReferralItem>().display({
    id,
    header,
    meta: { width: "9rem", room: 9 },
    cell: ({ row }) => textCell(row.original.attributes.find((attribute) => attribute.name === name)?.value ?? ""),
  });
}

function knownColumns(
  paths: ReturnType<typeof referralPaths>,
  presses: RowPresses,
  attributes: (item: ReferralItem) => ReactNode,
) {
  const column = columnsOf<ReferralItem>();
  return column.columns([
    column.display({
      id: "status",
      header: columnTitles.status,
      meta: { width: "6rem", room: 6 },
      cell: ({ row }) => <StatusTag status={row.original.status} />,
    }),
    column.display({
      id: "friend",
      header: columnTitles.friend,
      meta: { width: "10rem", room: 10 },
      cell: ({ row }) => textCell(row.original.friend ?? ""),
    }),
    column.display({
      id: "origin",
      header: columnTitles.origin,
      meta: { width: "8rem", room: 8 },
      cell: ({ row }) => wordLabels[row.original.origin],
    }),
    column.display({
      id: "code",
      header: columnTitles.code,
      meta: { width: "clamp(9rem, 38vw, 12.5rem)", room: 12.5, rowHeader: true },
      cell: ({ row: { original: item } }) => {
        const code = copyCell(item.code, `code ${item.code}`, presses.copy);
        if (item.status === "active") return code;
        return (
          <span className="cell-line max-sm:flex-wrap">
            {code}
            <StatusTag status={item.status} />
          </span>
        );
      },
    }),
    column.display({
      id: "redemptions",
      header: columnTitles.redemptions,
      meta: { width: "6.75rem", room: 6.75 },
      cell: ({ row: { original: item } }) => shareCell(item.used, item.limit, formatNumber),
    }),
    column.display({
      id: "advocate",
      header: columnTitles.advocate,
      meta: { width: "10rem", room: 10 },
      cell: ({ row }) => textCell(row.original.advocate),
    }),
    column.display({
      id: "batch",
      header: columnTitles.batch,
      meta: { width: "7.5rem", room: 7.5 },
      cell: ({ row: { original: item } }) =>
        item.batchId && (
          <>
            {copyCell(item.batchId, `Batch ID ${item.batchId}`, presses.copy)}
            <a
              href={paths.batch(item.batchId)}
              title="Open batch"
              className="cell-icon icon-batch"
              onClick={presses.follow}
            >
              <span className="sr-only">Open batch {item.batchId}</span>
            </a>
          </>
        ),
    }),
    column.display({
      id: "created",
      header: columnTitles.created,
      meta: { width: "8.25rem", room: 8.25 },
      cell: ({ row }) => momentCell(row.original.created),
    }),
    column.display({
      id: "validFrom",
      header: columnTitles.validFrom,
      meta: { width: "clamp(5.625rem, 26vw - 15.2rem, 8.25rem)", room: 5.625 },
      cell: ({ row }) => momentCell(row.original.validFrom),
    }),
    column.display({
      id: "validUntil",
      header: columnTitles.validUntil,
      meta: { width: "clamp(5.625rem, 26vw - 15.2rem, 8.25rem)", room: 5.625 },
      cell: ({ row }) => momentCell(row.original.validUntil),
    }),
    column.display({
      id: "attributes",
      header: columnTitles.attributes,
      meta: { room: 4 },
      cell: ({ row }) => attributes(row.original),
    }),
  ]);
}

function menuColumn(presses: RowPresses) {
  return columnsOf<ReferralItem>().display({
    id: "actions",
    header: "Actions",
    meta: { width: "2.5rem", room: 2.5, hideHeader: true },
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
  });
}
