import { type Cell, copyCell, shareCell } from "@/components/data-table/cells";
import type { Column, ColumnLook } from "@/components/data-table/columns";
import { html } from "@/components/data-table/markup";
import { statusMarkup } from "@/components/referrals/status-tag";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { withBase } from "@/lib/base-path";
import type { SortKey } from "@/lib/referrals/list/filter/terms";
import type { ColumnId, referralPaths } from "@/lib/referrals/list/search-params";
import { shortened } from "@/lib/shortened";
import { attributesCell } from "./attributes-cell";
import { columnName } from "./column-names";
import { wordLabels } from "./filters/conditions";
import type { Moment, ReferralItem } from "./rows";

/** The columns that the list can be ordered by. */
export const sortKeys: readonly SortKey[] = ["code", "redemptions", "created", "validFrom", "validUntil"];

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

/** What the box of a row is called. */
export const boxLabel = ({ code }: ReferralItem) => `Select ${shortened(code)}`;

/** These columns of the referrals list, then each row's menu. */
export function referralColumns(
  ids: ColumnId[],
  rooms: Rooms,
  titles: readonly AttributeTitle[],
  paths: ReturnType<typeof referralPaths>,
): Column<ReferralItem>[] {
  const status = ids.includes("status");
  const known: Record<string, [show: (item: ReferralItem) => Cell, look?: ColumnLook] | undefined> = {
    code: [(item) => codeCell(item, status), { width: rooms.code, rowHeader: true }],
    status: [(item) => statusMarkup(item.status), { width: 5.5 }],
    redemptions: [(item) => shareCell(item.redemptions, item.share), { width: rooms.redemptions, cells: "end" }],
    advocate: [(item) => item.advocate],
    friend: [(item) => item.friend],
    batch: [(item) => batchCell(item, paths), { width: 7 }],
    origin: [(item) => html`${wordLabels[item.origin] ?? item.origin}`, { width: 8 }],
    created: [(item) => momentCell(item.created), { width: moment }],
    validFrom: [(item) => momentCell(item.validFrom), { width: rooms.validFrom }],
    validUntil: [(item) => momentCell(item.validUntil), { width: rooms.validUntil }],
    attributes: [(item) => attributesCell(item, titles)],
  };
  const chosen = ids.map((id) => {
    const [cell, look = {}] = known[id] ?? [attributeCell(id)];
    return { id, header: columnName(titles, id), cell, look };
  });
  const menu = { width: 2.25, hideHeader: true, cells: "stuck-end" };
  return [...chosen, { id: "actions", header: "Actions", cell: menuCell, look: menu }];
}

/** The code, and its status beside it where that is no column of its own; that it is active need not be said. */
function codeCell({ code, status }: ReferralItem, statusApart: boolean): Cell {
  const copied = copyCell(code, `code ${code}`, "code");
  if (statusApart || status === "active") return copied;
  return html`<span class="cell-line">${copied}${statusMarkup(status)}</span>`;
}

/** One attribute, of a column of its own. */
function attributeCell(id: string): (item: ReferralItem) => Cell {
  return ({ attributes }) => attributes.find(([name]) => `attr.${name}` === id)?.[1] ?? null;
}

function batchCell({ batchId, batchName }: ReferralItem, paths: ReturnType<typeof referralPaths>): Cell {
  return (
    batchId &&
    html`${copyCell(batchId, `Batch ID ${batchId}`, "batch-id")}<a href="${withBase(paths.batch(batchId))}" data-press="batch" title="${batchName ?? "Open batch"}" aria-label="Open batch ${batchId}" class="cell-icon icon-batch"></a>`
  );
}

/** A date in the application's zone over how far away it is; nothing where it is not set. */
function momentCell(at: Moment | null): Cell {
  return at && html`<time datetime="${at.iso}" title="${at.hint}" data-away="${at.away}">${at.text}</time>`;
}

function menuCell({ code }: ReferralItem): Cell {
  return html`<button type="button" data-press="menu" aria-label="Actions for ${shortened(code)}" aria-haspopup="menu" aria-expanded="false" title="Actions" class="cell-icon icon-dots"></button>`;
}
