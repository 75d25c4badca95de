import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { report } from "./figures";
import { fetchPage, type ListPath } from "./list";
import { startSigned } from "./program";

/** A door to the database that counts what passes. */
interface CountingDoor {
  /** For `DATABASE_URL`. */
  url: string;
  /** How many statements were executed through it so far. */
  count(): number;
  close(): void;
}

/**
 * Opens a port that passes everything on to the database and counts the statements in between: each Execute and each
 * simple Query message of PostgreSQL's protocol. So it counts what the server really sends, whoever in it sends it.
 */
async function openCountingDoor(databaseUrl: string): Promise<CountingDoor> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let statements = 0;
  const door = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        client.destroy();
        database.destroy();
      });
    }
    const messages = messageReader((type) => {
      if (type === "E" || type === "Q") statements += 1;
    });
    client.on("data", messages);
    client.pipe(database).pipe(client);
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  const bound = door.address();
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(typeof bound === "object" && bound ? bound.port : 0);
  return {
    url: url.href,
    count: () => statements,
    close() {
      door.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Cuts what a client sends into messages: a length, and from the second message on a type before it. */
function messageReader(seen: (type: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let typed = 0;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= typed + 4) {
      const length = typed + rest.readUInt32BE(typed);
      if (rest.length < length) return;
      if (typed === 1) seen(String.fromCharCode(rest[0] ?? 0));
      rest = rest.subarray(length);
      typed = 1;
    }
  };
}

const rounds = 4;

/**
 * Counts the statements of each list page as a whole, with whatever its layouts ask; the campaign's size plays no part. The
 * server's worker looks for work once a second; the round with the fewest statements is one without it.
 */
export async function benchStatements(pages: ListPath[]): Promise<void> {
  const door = await openCountingDoor(process.env.DATABASE_URL ?? "");
  const program = await startSigned({ DATABASE_URL: door.url });
  const counts: number[] = [];
  for (const { path } of pages) {
    await fetchPage(program, path, "document"); // connections and what is asked once
    let fewest = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round += 1) {
      const before = door.count();
      await fetchPage(program, path, "document");
      fewest = Math.min(fewest, door.count() - before);
    }
    counts.push(fewest);
  }
  await program.stop();
  door.close();
  report({
    what: "SQL statements of a list page, layouts and counts included, at most",
    measured: Math.max(...counts),
    unit: "statements",
    atMost: 4,
  });
}
