"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { historyEntry } from "../history-entry";
import type { ReferralItem } from "../rows";

/** A set that the server keeps: codes that match later stay out of it. */
export interface FrozenSelection {
  id: string;
  count: number;
  at: Date;
  /** Of which rows the server was asked whether they are in it, and what it said. */
  rows?: ReadonlyMap<string, boolean>;
  /** Rows of it that are left out (false), and others that are ticked besides (true). */
  changes?: ReadonlyMap<string, boolean>;
  /** The set that the server keeps of it with these changes. */
  changed?: string;
}

/** How many codes are chosen of a set, and how many were left out or added. */
export function countFrozen({ count, changes }: FrozenSelection) {
  const added = [...(changes?.values() ?? [])].filter((on) => on).length;
  const leftOut = (changes?.size ?? 0) - added;
  return { count: count + added - leftOut, added, leftOut };
}

/** Whether a set holds a row, as far as is known: what was there when it was chosen is taken to be in it. */
const inSet = ({ rows, at }: FrozenSelection, { id, created }: ReferralItem) =>
  rows?.get(id) ?? new Date(created.iso) <= at;

/** Whether a row is chosen of a set. */
export const isChosen = (set: FrozenSelection, item: ReferralItem): boolean =>
  set.changes?.get(item.id) ?? inSet(set, item);

/** A set with some of its rows left out, or with others besides. */
function withChanges<Set extends FrozenSelection>(set: Set, items: ReferralItem[], on: boolean): Set {
  const changes = new Map(set.changes);
  for (const item of items) inSet(set, item) === on ? changes.delete(item.id) : changes.set(item.id, on);
  const { changed: _, ...rest } = { ...set, changes };
  return rest as Set;
}

/** Which codes are chosen: rows ticked one by one, on whatever pages, or a set that the server keeps. */
export interface ListSelection {
  /** Code by id, in the order of ticking. */
  ticked: ReadonlyMap<string, string>;
  frozen: FrozenSelection | null;
  /** Ticks rows of the page or takes their ticks away, of a set too. */
  mark: (items: ReferralItem[], on: boolean) => void;
  freeze: (frozen: FrozenSelection) => void;
  /** Changes what is chosen by what is known of a frozen set by now; see `frozen.ts`. */
  change: (next: (now: Chosen) => Chosen) => void;
  clear: () => void;
}

export interface Chosen {
  ticked: ReadonlyMap<string, string>;
  /** Of which search and filter a set is: under another one, other rows stand in the list. */
  frozen: (FrozenSelection & { of: string }) | null;
}

const nothing: Chosen = { ticked: new Map(), frozen: null };
// By entry of the history, so that Back from a form finds what was chosen.
const kept = new Map<string, Chosen>();

/**
 * The selection of a list that shows `items`. Ticks outlast steps to other pages, filters and orders; a frozen set stays
 * with its search and filter. @param list which list this is; @param narrowing its search and filter
 */
export function useSelection(items: ReferralItem[], list: string, narrowing: string): ListSelection {
  const [chosen, setChosen] = useState<Chosen>(() => kept.get(`${historyEntry()} ${list}`) ?? nothing);
  const { ticked } = chosen;
  const frozen = chosen.frozen?.of === narrowing ? chosen.frozen : null;
  const of = useRef(narrowing);
  of.current = narrowing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page of the list is another entry.
  useEffect(() => {
    kept.set(`${historyEntry()} ${list}`, chosen);
  }, [chosen, list, items]);

  const mark = useCallback((rows: ReferralItem[], on: boolean) => {
    setChosen((now) => {
      if (now.frozen?.of === of.current) {
        const next = withChanges(now.frozen, rows, on);
        return countFrozen(next).count > 0 ? { ...now, frozen: next } : nothing;
      }
      const next = new Map(now.ticked);
      for (const { id, code } of rows) on ? next.set(id, code) : next.delete(id);
      return { ticked: next, frozen: null };
    });
  }, []);
  const clear = useCallback(() => setChosen(nothing), []);
  const freeze = useCallback(
    (set: FrozenSelection) => setChosen({ ...nothing, frozen: { ...set, of: narrowing } }),
    [narrowing],
  );
  return { ticked, frozen, mark, freeze, change: setChosen, clear };
}
