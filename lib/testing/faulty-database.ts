import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** What becomes of a statement: null lets it pass; "silence" lets it never arrive, "cut" has it carried out and breaks the connection. */
export type Fault = null | "silence" | "cut" | { state: string };

/** PostgreSQL ends a connection with these. */
const fatal = /^(57P0[1-5]|08\w{3}|53300)$/;

/** A database's address through a door at which statements fail, the database's own way. */
export interface FaultyDatabase {
  url: string;
  /** Decides of each statement, by its text; one that is known by its name alone has none. */
  decide: (statement: string) => Fault;
  /** Whether new connections are told that this is a standby. */
  standby: boolean;
  /** Tells all connections, and new ones, that this is a standby now. */
  demote(): void;
  /** Breaks every connection; new ones can be made. */
  cut(): void;
  close(): void;
}

/** A message of the protocol: its sign (none at first), and all of its bytes. */
interface Message {
  sign: string;
  bytes: Buffer;
}

/** Takes whole messages out of what came. */
function messagesIn(state: { rest: Buffer; begun: boolean }, chunk: Buffer): Message[] {
  state.rest = Buffer.concat([state.rest, chunk]);
  const messages: Message[] = [];
  for (;;) {
    const head = state.begun ? 1 : 0;
    if (state.rest.length < head + 4) return messages;
    const length = head + state.rest.readUInt32BE(head);
    if (state.rest.length < length) return messages;
    const bytes = state.rest.subarray(0, length);
    messages.push({ sign: state.begun ? String.fromCharCode(bytes[0] ?? 0) : "", bytes });
    state.rest = state.rest.subarray(length);
    state.begun = true;
  }
}

function statementIn({ sign, bytes }: Message): string {
  const texts = bytes.subarray(5).toString().split("\0");
  return (sign === "P" ? texts[1] : texts[0]) ?? "";
}

/** What PostgreSQL says of itself when it is a standby. */
const standby = (() => {
  const text = Buffer.from("in_hot_standby\0on\0");
  const head = Buffer.alloc(5, "S");
  head.writeUInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
})();
const isRole = ({ sign, bytes }: Message) =>
  sign === "S" && bytes.subarray(5).toString().startsWith("in_hot_standby\0");

/** A simple query that fails as PostgreSQL fails: in a transaction it ends that, too. */
function failing(state: string, ends: boolean): Buffer {
  const raise = `DO $$BEGIN RAISE EXCEPTION 'a fault of the test' USING ERRCODE = '${state}'; END$$`;
  const text = Buffer.from(`${ends ? "ROLLBACK; " : ""}${raise}\0`);
  const head = Buffer.alloc(5, "Q");
  head.writeUInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

/** Opens such a door. A statement is one round: from the first message after an answer to the next `Sync`, or a simple query. */
export async function faultyDatabase(database: string): Promise<FaultyDatabase> {
  const open = new Set<Socket>();
  const clients = new Set<Socket>();
  const nothing = () => undefined;
  const door: FaultyDatabase = {
    ...{ url: "", decide: () => null, standby: false },
    ...{ demote: nothing, cut: nothing, close: nothing },
  };
  const server = createServer((near) => {
    const { hostname, port } = new URL(database);
    const far = connect(Number(port), hostname);
    clients.add(near);
    for (const socket of [near, far]) {
      open.add(socket);
      socket
        .on("error", () => undefined)
        .on("close", () => {
          open.delete(socket);
          clients.delete(near);
          near.destroy();
          far.destroy();
        });
    }
    const sent = { rest: Buffer.alloc(0), begun: false };
    const answered = { rest: Buffer.alloc(0), begun: true };
    let fault: Fault = null;
    let inRound = false;
    near.on("data", (chunk) => {
      for (const message of messagesIn(sent, chunk)) {
        const { sign, bytes } = message;
        if (!inRound && ["Q", "P", "B"].includes(sign)) {
          inRound = true;
          const text = sign === "B" ? "" : statementIn(message);
          fault = /^\s*ROLLBACK/i.test(text) ? null : door.decide(text);
          if (fault !== null && typeof fault === "object") far.write(failing(fault.state, /^\s*COMMIT/i.test(text)));
        }
        if (fault === null || fault === "cut") far.write(bytes);
      }
    });
    far.on("data", (chunk) => {
      for (const message of messagesIn(answered, chunk)) {
        const { sign } = message;
        const bytes = door.standby && isRole(message) ? standby : message.bytes;
        const isOver = sign === "Z";
        if (fault === "cut") {
          if (isOver) near.destroy();
          continue;
        }
        near.write(bytes);
        if (sign === "E" && typeof fault === "object" && fault && fatal.test(fault.state)) near.end();
        if (isOver) [inRound, fault] = [false, null];
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const url = new URL(database);
  url.host = `127.0.0.1:${typeof bound === "object" && bound ? bound.port : 0}`;
  door.url = url.href;
  door.demote = () => {
    door.standby = true;
    for (const client of clients) client.write(standby);
  };
  door.cut = () => {
    for (const socket of open) socket.destroy();
  };
  door.close = () => {
    server.close();
    door.cut();
  };
  return door;
}
