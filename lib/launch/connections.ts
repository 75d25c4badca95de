import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type Answer, bare, send } from "./answers";

/** What a client has to read or send where it is its turn: at least so many bytes in so many milliseconds. */
interface Patience {
  milliseconds: number;
  bytes: number;
}

/** A thousand bytes a second, over a minute: what does less makes no progress, what does more may take its time. */
const usualPatience: Patience = { milliseconds: 60_000, bytes: 60_000 };
/** While the server stops, who stands still is not waited for. */
const stoppingPatience: Patience = { milliseconds: 500, bytes: 1 };
/** How long running requests may take after a stop was asked for, in milliseconds; with the notice before it, ten seconds. */
const drainMilliseconds = 7000;
/** How many connections there may be at a time; more are closed at once. */
export const connectionsMax = 2000;

interface Mark {
  since: number;
  moved: number;
}

type Exchanges = Set<{ request: IncomingMessage; response: ServerResponse }>;

interface Connection {
  exchanges: Exchanges;
  sent: Mark;
  read: Mark;
  taken: ReturnType<typeof takenBy>;
  /** Its end was said to the client; it is cut at the next look. */
  ended: boolean;
}

/** Whether it is the client's turn and it stands still. Where it is ours, its time begins anew. */
function standsStill(mark: Mark, itsTurn: boolean, moved: number, now: number, patience: Patience): boolean {
  if (itsTurn && moved - mark.moved < patience.bytes) return now - mark.since >= patience.milliseconds;
  Object.assign(mark, { since: now, moved });
  return false;
}

/**
 * Counts what the system has taken of what is written to a socket. A large piece counts as it goes, by the length of the
 * system's queue, which Node's own time-outs look at too; a double count where a piece ends does not matter.
 */
function takenBy(socket: Socket & { _handle?: { writeQueueSize?: number } | null }): () => number {
  let [taken, whole, queue] = [0, 0, 0];
  return () => {
    const [wholeNow, queueNow] = [socket.bytesWritten - socket.writableLength, socket._handle?.writeQueueSize ?? 0];
    taken += wholeNow - whole || Math.max(0, queue - queueNow);
    [whole, queue] = [wholeNow, queueNow];
    return taken;
  };
}

function forgetFinished(exchanges: Exchanges): void {
  for (const one of exchanges) if (one.request.complete && one.response.writableFinished) exchanges.delete(one);
}

/** What Node gives who reads a body that breaks off. */
const broken = () => Object.assign(new Error("aborted"), { code: "ECONNRESET" });

const tooSlow = (patience: Patience): Answer => ({
  status: 408,
  sentence: `Less than ${patience.bytes / 1000} kB came in ${patience.milliseconds / 1000} seconds, so this was ended and nothing was kept. Try again over a better connection.`,
  headers: { connection: "close" },
});

const malformed: Record<string, Answer> = {
  HPE_HEADER_OVERFLOW: { status: 431, sentence: "The head of this request is too large: it may have 16 kB." },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, sentence: "The head of this request did not come in time." },
};
const unreadable: Answer = { status: 400, sentence: "This is no request that can be read." };

/**
 * Takes charge of every connection of a server: what makes no progress ends, whatever it is (an upload, a download, an action),
 * and nothing that a client sends makes a connection that nobody closes. A head has 30 s (`headersTimeout`), a kept
 * connection 5 s between requests (`keepAliveTimeout`); a request that makes progress has no limit.
 * @returns `close` stops accepting, lets running requests finish, and cuts what is left after a while or when hurried
 */
export function ownConnections(server: Server, patience = usualPatience): { close(hurry: AbortSignal): Promise<void> } {
  const connections = new Map<Socket, Connection>();

  server.on("connection", (socket) => {
    const mark = () => ({ since: performance.now(), moved: 0 });
    connections.set(socket, { exchanges: new Set(), sent: mark(), read: mark(), taken: takenBy(socket), ended: false });
    socket.once("close", () => connections.delete(socket));
  });
  const begin = (request: IncomingMessage, response: ServerResponse) => {
    const exchanges = connections.get(request.socket)?.exchanges;
    if (!exchanges) return;
    forgetFinished(exchanges); // a kept connection has thousands of them between two looks
    exchanges.add({ request, response });
  };
  server.on("request", begin);
  server.on("checkExpectation", (request, response) => {
    begin(request, response);
    send(request, response, { status: 417, sentence: "Only “Expect: 100-continue” is understood." });
  });
  server.on("connect", (_request, socket) => {
    const refusal = { status: 405, sentence: "This server is no proxy.", headers: { allow: "GET, HEAD, POST" } };
    socket.end(bare(refusal), () => socket.destroy());
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const begun = [...(connections.get(socket as Socket)?.exchanges ?? [])].some(
      ({ response }) => response.headersSent,
    );
    if (begun || !socket.writable || error.code === "ECONNRESET") socket.destroy();
    else socket.end(bare(malformed[error.code ?? ""] ?? unreadable), () => socket.destroy());
  });

  function look(limits: Patience): void {
    const now = performance.now();
    for (const [socket, connection] of connections) {
      const { exchanges, sent, read, taken, ended } = connection;
      forgetFinished(exchanges);
      const owed = [...exchanges].find(
        ({ request }) => !request.complete && request.readableLength < request.readableHighWaterMark,
      );
      const unsent = standsStill(sent, owed !== undefined, socket.bytesRead, now, limits);
      const unread = standsStill(read, socket.writableLength > 0, taken(), now, limits);
      if (!unsent && !unread) continue;
      connection.ended = true;
      if (ended || unread || !owed || owed.response.headersSent)
        socket.resetAndDestroy(); // what waits in the system goes too
      else {
        // Node lets go of a request whose answer is sent: who reads its body would wait for ever.
        owed.response.once("finish", () => owed.request.destroy(broken()));
        send(owed.request, owed.response, tooSlow(limits));
      }
    }
  }

  const looking = setInterval(() => look(patience), patience.milliseconds / 6);
  looking.unref();
  server.once("close", () => clearInterval(looking));

  return {
    async close(hurry) {
      let closed = false;
      server.close(() => {
        closed = true;
      });
      const deadline = performance.now() + drainMilliseconds;
      while (!closed && performance.now() < deadline && !hurry.aborted) {
        look(stoppingPatience);
        for (const [socket, { exchanges }] of connections) if (exchanges.size === 0) socket.destroy();
        await pause(20);
      }
      for (const socket of connections.keys()) socket.destroy();
    },
  };
}
