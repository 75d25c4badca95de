import { copyCell, shareCell, textCell } from "@/components/data-table/cells";
import { columnsOf } from "@/components/data-table/columns";
import { StatusTag } from "@/components/referrals/status-tag";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { type ColumnId, columnTitles, type referralPaths } from "@/lib/referrals/list/search-params";
import { attributesCell } from "./attributes-cell";
import { columnName } from "./column-names";
import { wordLabels } from "./filters/conditions";
import type { RowPresses } from "./row-actions";
import type { Moment, ReferralItem } from "./rows";

/** A date in the application's zone; nothing where it is not set. */
function momentCell(at: Moment | null) {
  return (
    at && (
      <time dateTime={at.iso} title={at.hint} className="cell-moment">
        {at.text}
      </time>
    )
  );
}

/** The widths, in rem, that hang on what the rows of a page hold. */
export interface Rooms {
  code: number;
  redemptions: number;
  validFrom: number;
  validUntil: number;
}

// In rem: a day, and one with its time; a figure; a letter of the mono face, what stands around a code, a status beside it.
const [day, moment, figure] = [5.625, 8.25, 0.4];
const [letter, around, tag] = [0.4425, 1.875, 4.375];
/** As many letters of a code are always in sight. */
const lettersLeast = 24;
/** What a bar takes, and the edges of a cell. */
const [bar, edges] = [2, 0.75];

/** How wide columns must be for these rows: dates on one line, a code beside its status. `status` is a column of its own. */
export function roomsFor(items: ReferralItem[], status: boolean): Rooms {
  const dates = (key: "validFrom" | "validUntil") =>
    items.some((item) => item[key]?.text.includes(":")) ? moment : day;
  const beside = status ? [] : items.filter((item) => item.status !== "active");
  const letters = Math.min(lettersLeast, Math.max(0, ...beside.map(({ code }) => code.length)));
  const figures = items.map(({ redemptions, share }) => redemptions.length * figure + (share === null ? 0 : bar));
  return {
    code: Math.max(lettersLeast * letter + around + 0.5, letters && letters * letter + around + tag),
    redemptions: Math.max(6.75, ...figures.map((width) => width + edges)),
    validFrom: dates("validFrom"),
    validUntil: dates("validUntil"),
  };
}

/** These columns of the referrals list, then each row's menu. */
export function referralColumns(
  ids: ColumnId[],
  rooms: Rooms,
  titles: readonly AttributeTitle[],
  paths: ReturnType<typeof referralPaths>,
  presses: RowPresses,
) {
  const all = knownColumns(rooms, ids.includes("status"), titles, paths, presses);
  const chosen = ids.map((id) => all.find((known) => known.id === id) ?? attributeColumn(id, columnName(titles, id)));
  return [...chosen, menuColumn(presses)];
}

function attributeColumn(id: ColumnId, header: string) {
  const name = id.slice(5);
  return columnsOf<ReferralItem>().display({
    id,
    header,
    cell: ({ row }) => textCell(row.original.attributes.find((attribute) => attribute.name === name)?.value ?? ""),
  });
}

function knownColumns(
  rooms: Rooms,
  status: boolean,
  titles: readonly AttributeTitle[],
  paths: ReturnType<typeof referralPaths>,
  presses: RowPresses,
) {
  const column = columnsOf<ReferralItem>();
  return column.columns([
    column.display({
      id: "status",
      header: columnTitles.status,
      meta: { width: 5.5 },
      cell: ({ row }) => <StatusTag status={row.original.status} />,
    }),
    column.display({
      id: "friend",
      header: columnTitles.friend,
      cell: ({ row }) => textCell(row.original.friend ?? ""),
    }),
    column.display({
      id: "origin",
      header: columnTitles.origin,
      meta: { width: 8 },
      cell: ({ row }) => wordLabels[row.original.origin],
    }),
    column.display({
      id: "code",
      header: columnTitles.code,
      meta: { width: rooms.code, rowHeader: true },
      cell: ({ row: { original: item } }) => {
        const code = copyCell(item.code, `code ${item.code}`, presses.copy);
        if (status || item.status === "active") return code;
        return (
          <span className="cell-line">
            {code}
            <StatusTag status={item.status} />
          </span>
        );
      },
    }),
    column.display({
      id: "redemptions",
      header: columnTitles.redemptions,
      meta: { width: rooms.redemptions, cells: "end" },
      cell: ({ row: { original: item } }) => shareCell(item.redemptions, item.share),
    }),
    column.display({
      id: "advocate",
      header: columnTitles.advocate,
      cell: ({ row }) => textCell(row.original.advocate),
    }),
    column.display({
      id: "batch",
      header: columnTitles.batch,
      meta: { width: 7 },
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
      meta: { width: moment },
      cell: ({ row }) => momentCell(row.original.created),
    }),
    column.display({
      id: "validFrom",
      header: columnTitles.validFrom,
      meta: { width: rooms.validFrom },
      cell: ({ row }) => momentCell(row.original.validFrom),
    }),
    column.display({
      id: "validUntil",
      header: columnTitles.validUntil,
      meta: { width: rooms.validUntil },
      cell: ({ row }) => momentCell(row.original.validUntil),
    }),
    column.display({
      id: "attributes",
      header: columnTitles.attributes,
      cell: ({ row }) => attributesCell(row.original, titles, presses.attributes),
    }),
  ]);
}

function menuColumn(presses: RowPresses) {
  return columnsOf<ReferralItem>().display({
    id: "actions",
    header: "Actions",
    meta: { width: 2.25, hideHeader: true, cells: "stuck-end" },
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
