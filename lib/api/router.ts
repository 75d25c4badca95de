import type { Endpoint, Method } from "./endpoint";

interface Branch {
  literal: Map<string, Branch>;
  parameter?: Branch;
  names?: string[];
  methods?: Map<Method, Endpoint>;
}

const branch = (): Branch => ({ literal: new Map() });

/** What a path leads to: endpoints by method, and the path's parameters, decoded. */
export interface Found {
  methods: Map<Method, Endpoint>;
  params: Record<string, string>;
}

/**
 * Finds endpoints by path, in time that goes with the path's length alone.
 * @throws Error when two endpoints have the same method and path
 */
export function router(endpoints: readonly Endpoint[]): (path: string) => Found | null {
  const root = branch();
  for (const one of endpoints) {
    let at = root;
    const names: string[] = [];
    for (const segment of one.path.slice(1).split("/")) {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (name === undefined) {
        const next = at.literal.get(segment) ?? branch();
        at.literal.set(segment, next);
        at = next;
      } else {
        names.push(name);
        at.parameter ??= branch();
        at = at.parameter;
      }
    }
    at.names = names;
    at.methods ??= new Map();
    if (at.methods.has(one.method)) throw new Error(`${one.method} ${one.path} is described twice`);
    at.methods.set(one.method, one);
  }
  return (path) => {
    let at = root;
    const values: string[] = [];
    for (const segment of path.slice(1).split("/")) {
      const next = at.literal.get(segment) ?? at.parameter;
      if (!next) return null;
      if (next === at.parameter) values.push(decodeURIComponent(segment));
      at = next;
    }
    if (!at.methods) return null;
    return {
      methods: at.methods,
      params: Object.fromEntries((at.names ?? []).map((name, n) => [name, values[n] ?? ""])),
    };
  };
}
