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
    let table: Promise<ReturnType<typeof import("./list-table").listTable>> | undefined;
    const load = () => {
      table ??= import("./list-table").then(({ listTable }) => listTable(latest.current));
      table.catch(() => {
        table = undefined; // tried again by the next press
      });
      return table;
    };
    type Table = ReturnType<Awaited<ReturnType<typeof load>>["renew"]>;
    const ask = async (run: (table: Table) => void): Promise<boolean> => {
      const there = await load().catch(() => null);
      if (there) run(there.renew(latest.current));
      else toast.error("What orders and selects rows could not be loaded. Check the connection and press again.");
      return there !== null;
    };
    return {
      load,
      /** Orders the rows by a column, or the other way round. */
      sort: (id: string) => ask((table) => table.getColumn(id)?.toggleSorting()),
      /** Ticks a row or takes the tick away; with `range`, all between it and the row ticked before. */
      tick: ({ id }: ReferralItem, on: boolean, range: boolean) =>
        ask((table) => table.getRow(id).getToggleSelectedHandler()({ target: { checked: on }, shiftKey: range })),
      tickPage: (on: boolean) => ask((table) => table.toggleAllPageRowsSelected(on)),
    };
  }, []);
  return { now, ...deeds };
}

export type ListTable = ReturnType<typeof useListTable>;
