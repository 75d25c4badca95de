import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

const mostBytes = 8192;

function sizes(folder: string): Map<string, number> {
  try {
    return new Map(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]));
  } catch {
    return new Map(); // a cluster that never ran has no logs
  }
}

function readFrom(path: string, start: number): string {
  const file = openSync(path, "r");
  const buffer = Buffer.alloc(mostBytes);
  const length = readSync(file, buffer, 0, mostBytes, start);
  closeSync(file);
  return buffer.toString("utf8", 0, length);
}

/**
 * Remembers where the logs of a cluster end.
 * @returns a function that gives what the server has written there since, at most its last 8 kB. Before it opens its log
 * it writes to its standard error, afterwards no more, not even why it ends.
 */
export function followLog(cluster: string): () => string {
  const folder = join(cluster, "log");
  const before = sizes(folder);
  return () =>
    [...sizes(folder)]
      .map(([name, size]) => {
        const known = before.get(name) ?? 0;
        const start = size < known ? 0 : known; // emptied meanwhile, a week later
        return start === size ? "" : readFrom(join(folder, name), Math.max(start, size - mostBytes));
      })
      .join("");
}
