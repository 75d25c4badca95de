import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { toast } from "@/components/ui/toast";
import type { AttributeTitle } from "@/lib/attributes/titles";
import type { ColumnId, ReferralList } from "@/lib/referrals/list/search-params";
import type { ReferralItem } from "./rows";
import type { ListSelection } from "./selection/use-selection";

/** The list as it was last asked for, and which of its rows are ticked. */
interface Known {
  items: ReferralItem[];
  asked: ReferralList;
  change: (part: Partial<ReferralList>) => void;
  titles: readonly AttributeTitle[];
  selection: ListSelection;
  ticked: ReadonlySet<string>;
}

export interface ListNow extends Known {
  /** All columns as they stood in the panel, so that one that is left out keeps its place there. */
  places: readonly ColumnId[];
  setPlaces: (places: ColumnId[]) => void;
}

type LateTable = ReturnType<typeof import("./list-table").listTable>;

export const rowId = (item: ReferralItem) => item.id;

/**
 * What somebody does to the rows and columns of the list; TanStack Table says what that comes to. Who only reads needs none of it: its
 * code comes when somebody comes near the rows (`load`). A deed is false where it could not be had, which is said.
 */
export function useListTable(known: Known) {
  const [places, setPlaces] = useState<readonly ColumnId[]>([]);
  const now: ListNow = { ...known, places, setPlaces };
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  const deeds = useMemo(() => {
    let table: Promise<LateTable> | undefined;
    const load = () => {
      table ??= import("./list-table").then(({ listTable }) => listTable(latest.current));
      table.catch(() => {
        table = undefined; // tried again by the next press
      });
      return table;
    };
    const ask = async (run: (table: LateTable, now: ListNow) => void): Promise<boolean> => {
      const there = await load().catch(() => null);
      if (there) run(there, latest.current);
      else toast.error("The table's code could not be loaded. Press again.");
      return there !== null;
    };
    return {
      load,
      sort: (id: string) => ask((table, at) => table.sort(at, id)),
      tick: (row: ReferralItem, on: boolean, range: boolean) => ask((table, at) => table.tick(at, row, on, range)),
      tickPage: (on: boolean) => ask((table, at) => table.tickPage(at, on)),
    };
  }, []);
  return { now, ...deeds };
}

export type ListTable = ReturnType<typeof useListTable>;
