"use client";

import { type ReactNode, Suspense, useMemo, useRef, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { RowNumbers } from "@/components/data-table/use-row-numbers";
import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";
import { Later } from "@/components/ui/later";
import { useFocusKept } from "@/components/ui/use-focus-kept";
import { ViewsMenu } from "@/components/views/views-menu";
import type { AttributeTitle } from "@/lib/attributes/titles";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { sortOf } from "@/lib/referrals/list/filter/terms";
import {
  columnTitles,
  type ReferralList as List,
  listQuery,
  referralPaths,
  wholeList,
} from "@/lib/referrals/list/search-params";
import { shownColumns } from "./column-names";
import { boxLabel, referralColumns, roomsFor, sortKeys } from "./columns";
import { DisplayMenu } from "./display-menu";
import { conditionsOf } from "./filters/conditions";
import { FilterChips } from "./filters/filter-chips";
import { Matches } from "./matches";
import { type PageLinks, Pager } from "./pager";
import { isText, meantText } from "./pasted-text";
import { useRowActions } from "./row-actions";
import type { Live, ReferralItem } from "./rows";
import { SearchBox } from "./search-box";
import { isChosen, useSelection } from "./selection/use-selection";
import type { Sharing } from "./sharing";
import { useChoices } from "./use-choices";
import { useKeptScroll } from "./use-kept-scroll";
import { useListNavigation } from "./use-list-navigation";
import { rowId, useListTable } from "./use-list-table";
import { useRowKeys } from "./use-row-keys";

const SelectionBar = latePart("What can be done with the selection", () => import("./selection/selection-bar"), {
  waiting: <div className="min-h-11" />,
});
const ListNotes = latePart("A note on this list", () => import("./list-notes"));
const NoMatch = latePart("What was looked for", () => import("./no-match"));
const LiveParts = latePart("What keeps redemptions up to date", () => import("./live-parts"), { quiet: true });
const CodesInText = latePart("What finds codes in a text", () => import("./codes-in-text"));

type ReferralListProps = {
  scope: { applicationId: number; campaignId: number };
  list: List;
  /** What the list is narrowed to; null where nothing can match. */
  filter: ReferralFilter | null;
  /** What was wrong in the address. */
  notes: string[];
  /** Why nothing can match, where that is so, and which condition it is. */
  refusals: { param: string; message: string }[];
  items: ReferralItem[];
  /** What the table holds, for those who hear it. */
  caption: string;
  /** When they were read. */
  opened: string;
  /** What attributes are called. */
  titles: readonly AttributeTitle[];
  links: PageLinks;
  /** Counted on the server, after the rows. */
  position: ReactNode;
  /** How many codes the list has, as text; counted after the rows. */
  matching: Promise<string | null>;
  /** Which of how many codes the items are, as far as that is counted exactly. */
  numbers: Promise<RowNumbers>;
  timeZone: string;
  sharing: Sharing;
};

/** The referrals list: search and filters, the table, and the steps between its pages. */
export function ReferralList(props: ReferralListProps) {
  const { scope, list, filter, notes, refusals, items, titles, links, position, matching, numbers, timeZone } = props;
  const { sharing, opened, caption } = props;
  const { applicationId, campaignId } = scope;
  const paths = useMemo(() => referralPaths({ applicationId, campaignId }), [applicationId, campaignId]);
  const { busy, asked, change, go } = useListNavigation(list, paths.list);
  const { press, copyText, shown } = useRowActions(scope, sharing, items, titles, paths);
  const choices = useChoices(paths.choices);
  const columnIds = shownColumns(list.columns).join();
  const columns = useMemo(() => {
    const ids = columnIds.split(",") as List["columns"] & object;
    return referralColumns(ids, roomsFor(items, ids.includes("status")), titles, paths);
  }, [columnIds, items, titles, paths]);
  const [live, setLive] = useState<Live>();
  const rows = useMemo(
    () => (live?.of === items ? items.map((item) => ({ ...item, ...live.parts[item.id] })) : items),
    [items, live],
  );
  const [pasted, setPasted] = useState("");
  const toolbar = useRef<HTMLDivElement>(null);
  useFocusKept(toolbar);
  const region = useKeptScroll(paths.list(list));
  const conditions = conditionsOf(list);
  const narrowing = [list.q, ...conditions.map(({ param, text }) => `${param}=${text}`)].join("&");
  const selection = useSelection(items, paths.list(), narrowing);
  const { ticked, frozen } = selection;
  const chosenHere = new Set(
    items.filter((item) => (frozen ? isChosen(frozen, item) : ticked.has(item.id))).map(({ id }) => id),
  );
  const table = useListTable({ items, asked, change, titles, selection, ticked: chosenHere });
  const keys = useRowKeys(region, items, {
    tick: table.tick,
    isTicked: ({ id }) => chosenHere.has(id),
    copy: copyText,
    linkPattern: sharing.linkPattern,
    edit: (id) => go(paths.edit(id), "push"),
  });
  const gone = list.view !== null && choices.views?.every(({ id }) => id !== list.view);
  const said = gone
    ? [...notes, "The view of this address is gone; the list is as the rest of the address says."]
    : notes;
  const everything = paths.list({ ...list, ...noConditions, page: wholeList.page });
  // Another filter or order begins at its first page; another look stays on the page.
  const restart = (part: Partial<List>) => change({ ...part, page: wholeList.page });
  const { key, descending } = sortOf(list.sort);

  return (
    <>
      <div ref={toolbar} className="contents">
        {ticked.size > 0 || frozen ? (
          <SelectionBar
            scope={scope}
            paths={paths}
            list={list}
            filter={filter}
            matching={matching}
            items={items}
            selection={selection}
            timeZone={timeZone}
            linkPattern={sharing.linkPattern}
          />
        ) : (
          <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
            <SearchBox text={asked.q} onSearch={(q) => restart({ q })} onPaste={setPasted} onTyping={NoMatch.fetch} />
            <FilterChips
              list={asked}
              scope={scope}
              refused={refusals.map(({ param }) => param)}
              timeZone={timeZone}
              titles={titles}
              choices={choices}
              onChange={change}
            />
            {(conditions.length > 0 || list.q !== "") && (
              <Suspense key={narrowing} fallback={null}>
                <Matches matching={matching} />
              </Suspense>
            )}
            {(conditionsOf(asked).length > 0 || asked.q !== "") && (
              <Button variant="quiet" className="px-2" onClick={() => restart(noConditions)}>
                Clear all
              </Button>
            )}
            <span className="ml-auto flex flex-wrap items-center gap-1">
              <ViewsMenu
                scope={scope}
                viewId={asked.view}
                query={listQuery({ ...asked, page: wholeList.page, view: null })}
                views={choices.views}
                load={choices.load}
                onOpen={(view) => go(paths.view(view), "push")}
              />
              <DisplayMenu list={asked} titles={titles} table={table} onChange={change} />
            </span>
          </div>
        )}
      </div>
      {said.length > 0 && <ListNotes notes={said} />}
      <DataTable
        caption={caption}
        columns={columns}
        rows={rows}
        rowId={rowId}
        density={list.density}
        sorting={{
          columns: sortKeys,
          by: key,
          descending,
          onSort: table.sort,
        }}
        ticks={{
          has: (id) => chosenHere.has(id),
          label: boxLabel,
          onTick: table.tick,
          page: {
            label: "Select this page",
            checked: items.length > 0 && chosenHere.size === items.length,
            some: chosenHere.size > 0 && chosenHere.size < items.length,
            onTick: table.tickPage,
          },
        }}
        onPress={press}
        busy={busy}
        region={region}
        onNear={table.load}
        numbers={numbers}
        empty={
          <NoMatch list={list} titles={titles} refusals={refusals.map(({ message }) => message)} clear={everything}>
            {isText(list.q) && conditions.length === 0 && refusals.length === 0 && (
              <CodesInText
                key={list.q}
                scope={scope}
                text={meantText(list.q, pasted)}
                onShow={(id) => change({ q: "", selection: id, page: wholeList.page }, "push")}
              />
            )}
          </NoMatch>
        }
      />
      {shown}
      {keys}
      {items.length > 0 && (
        <Later>
          <LiveParts {...{ paths, list, opened, items, region, go }} onChange={setLive} />
        </Later>
      )}
      <Pager
        links={links}
        size={list.size}
        position={position}
        day={key === "code" || key === "redemptions" ? null : { name: columnTitles[key], timeZone }}
        onDay={(day) => change({ page: { at: "day", day } }, "push")}
        onPage={(href) => go(href, "push")}
        onSize={(size) => change({ size, page: wholeList.page }, "push")}
      />
    </>
  );
}

const {
  sort: _sort,
  page: _page,
  size: _size,
  columns: _columns,
  density: _density,
  view: _view,
  ...noConditions
} = wholeList;
