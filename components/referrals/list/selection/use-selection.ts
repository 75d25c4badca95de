"use client";

import { useCallback, useRef, useState } from "react";
import type { ReferralItem } from "../rows";

/** A set that the server keeps: codes that match later stay out of it. */
export interface FrozenSelection {
  id: string;
  count: number;
  at: Date;
}

/** Which codes are chosen: rows ticked one by one, on whatever pages, or a set that the server keeps. */
export interface ListSelection {
  /** Code by id, in the order of ticking. */
  ticked: ReadonlyMap<string, string>;
  frozen: FrozenSelection | null;
  /** Ticks a row or takes the tick away; with `range`, all between it and the row ticked before on this page. */
  tick: (item: ReferralItem, on: boolean, range: boolean) => void;
  tickPage: (on: boolean) => void;
  freeze: (frozen: FrozenSelection) => void;
  clear: () => void;
}

const nothing: ReadonlyMap<string, string> = new Map();

/** The selection of a list that shows `items`. It outlasts steps to other pages, filters and orders. */
export function useSelection(items: ReferralItem[]): ListSelection {
  const [ticked, setTicked] = useState(nothing);
  const [frozen, setFrozen] = useState<FrozenSelection | null>(null);
  const shown = useRef(items);
  shown.current = items;
  const last = useRef<string | null>(null);

  const mark = useCallback((rows: ReferralItem[], on: boolean) => {
    setTicked((now) => {
      const next = new Map(now);
      for (const { id, code } of rows) on ? next.set(id, code) : next.delete(id);
      return next;
    });
  }, []);
  const tick = useCallback(
    (item: ReferralItem, on: boolean, range: boolean) => {
      const rows = shown.current;
      const to = rows.indexOf(item);
      const from = range ? rows.findIndex(({ id }) => id === last.current) : -1;
      last.current = item.id;
      mark(from === -1 ? [item] : rows.slice(Math.min(from, to), Math.max(from, to) + 1), on);
    },
    [mark],
  );
  const tickPage = useCallback((on: boolean) => mark(shown.current, on), [mark]);
  const clear = useCallback(() => {
    last.current = null;
    setTicked(nothing);
    setFrozen(null);
  }, []);
  const freeze = useCallback(
    (set: FrozenSelection) => {
      clear();
      setFrozen(set);
    },
    [clear],
  );
  return { ticked, frozen, tick, tickPage, freeze, clear };
}
