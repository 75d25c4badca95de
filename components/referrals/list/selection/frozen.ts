import type { Chosen, FrozenSelection } from "./use-selection";

/** What is chosen, with what the server said: which of these rows are in the set. What was guessed wrong is no change. */
export const learned =
  (set: FrozenSelection, rows: string[], inside: string[]) =>
  (now: Chosen): Chosen => {
    if (now.frozen?.id !== set.id) return now;
    const known = new Map([...(now.frozen.rows ?? []), ...rows.map((id) => [id, inside.includes(id)] as const)]);
    const changes = new Map([...(now.frozen.changes ?? [])].filter(([id, on]) => known.get(id) !== on));
    return { ...now, frozen: { ...now.frozen, rows: known, changes } };
  };

/** What is chosen, with the set that the server keeps of `set` and its changes; as it is where it was changed meanwhile. */
export const settled =
  (set: FrozenSelection, changed: string) =>
  (now: Chosen): Chosen =>
    now.frozen && now.frozen.changes === set.changes ? { ...now, frozen: { ...now.frozen, changed } } : now;
