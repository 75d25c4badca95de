import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith("lib/generated/"));

const statement = /^(?:import|export) (type )?(?:[^"';]*? from )?"([^"]+)"/gm;

/** The project's own files that a file imports; those of whose types alone it knows are left out with `values`. */
function importsOf(file: string, values: boolean): string[] {
  return [...readFileSync(file, "utf8").matchAll(statement)]
    .filter(([text, type]) => !values || !(type || /^import \{(?:\s*type [^,}]+,?)+\s*\}/.test(text)))
    .map(([, , name = ""]) =>
      name.startsWith("@/") ? name.slice(2) : name.startsWith(".") ? join(dirname(file), name) : "",
    )
    .flatMap((path) =>
      [`${path}.ts`, `${path}.tsx`].map(normalize).filter((candidate) => path !== "" && existsSync(candidate)),
    );
}

const roomOf = (file: string) => /^lib\/(referrals\/list|[^/]+)\//.exec(file)?.[1] ?? "";
const rooms = new Map<string, Set<string>>();
for (const file of sources("lib").filter((path) => !/^lib\/(testing|launch)\//.test(path))) {
  const room = roomOf(file);
  const known = rooms.get(room) ?? new Set();
  for (const other of importsOf(file, false).map(roomOf)) if (other !== room && other !== "") known.add(other);
  rooms.set(room, known);
}
rooms.delete(""); // what stands in lib itself: ground, ways in, and all-work.ts, in which nouns meet

it("no rooms of lib import each other, not in a round about way either", () => {
  const floors: string[][] = [];
  const above = new Map(rooms);
  while (above.size > 0) {
    const floor = [...above].filter(([, below]) => ![...below].some((room) => above.has(room))).map(([room]) => room);
    if (floor.length === 0) break;
    floors.push(floor.sort());
    for (const room of floor) above.delete(room);
  }
  expect([...above.keys()], "rooms in a circle").toEqual([]);
  expect(floors.flat()).toContain("operations");
});

it("the ground knows no noun", () => {
  const ground = ["access", "codes", "worker", "health"];
  for (const room of ground)
    for (const below of rooms.get(room) ?? []) expect(ground, `${room} imports`).toContain(below);
});

it("nothing that a component runs opens the database", () => {
  const reached = new Map<string, string>();
  const waiting = sources("components").map((file) => [file, file] as const);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [file, from] = next;
    if (reached.has(file) || readFileSync(file, "utf8").startsWith('"use server"')) continue;
    reached.set(file, from);
    for (const other of importsOf(file, true)) waiting.push([other, from]);
  }
  expect(reached.size).toBeGreaterThan(200);
  expect(reached.get("lib/db.ts"), "reached lib/db.ts").toBeUndefined();
});
