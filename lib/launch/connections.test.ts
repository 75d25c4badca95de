import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { replaceFailedPage } from "./answers";
import { ownConnections } from "./connections";

const patience = { milliseconds: 600, bytes: 20_000 };
let server: Server;
let close: ReturnType<typeof ownConnections>["close"];
let clients: Socket[] = [];

async function listen(handle: RequestListener, options = {}, limits = patience): Promise<number> {
  server = createServer({ requestTimeout: 0, connectionsCheckingInterval: 100, ...options }, handle);
  ({ close } = ownConnections(server, limits));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  return typeof bound === "object" && bound ? bound.port : 0;
}

/** A client that says this. @param stays it keeps its side open whatever the server does */
function client(port: number, text = "", stays = false) {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: stays });
  clients.push(socket);
  socket.on("error", () => undefined);
  socket.write(text);
  let heard = "";
  socket.on("data", (data) => {
    heard += data;
  });
  return { socket, heard: () => heard, closed: new Promise((resolve) => socket.on("close", resolve)) };
}

afterEach(async () => {
  for (const socket of clients) socket.destroy();
  clients = [];
  await close(AbortSignal.abort());
});

const upload = "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n";
const reading: RequestListener = (request, response) => {
  request.on("error", () => undefined);
  request.resume().on("end", () => response.end("all of it"));
};

test("an upload that says nothing more is told so and ended, for the client and for who reads it", async () => {
  let read: Promise<unknown> = Promise.resolve();
  const port = await listen((request) => {
    read = request.toArray().catch((error: Error) => error.message);
  });
  const { heard, closed } = client(port, upload);
  await closed;
  expect(await read).toBe("aborted");
  expect(heard()).toMatch(/^HTTP\/1\.1 408 .*x-content-type-options: nosniff.*Try again/is);
});

test("so is one that drips, and one whose reader has answered already", async () => {
  const port = await listen((_request, response) => response.writeHead(400).end("no"));
  const { socket, heard, closed } = client(port, upload);
  const drip = setInterval(() => socket.write("x"), 20);
  await closed;
  clearInterval(drip);
  expect(heard()).toContain("HTTP/1.1 400");
});

test("an upload that makes progress takes its time", async () => {
  const port = await listen(reading);
  const { socket, heard } = client(port, upload.replace("100000000", "400000"));
  for (let part = 0; part < 10; part += 1) {
    socket.write("x".repeat(40_000));
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await expect.poll(heard).toContain("all of it");
});

test("an upload that waits for the server is not the client's to hurry", async () => {
  let read = () => {};
  const port = await listen((request, response) => {
    read = () => reading(request, response);
  });
  const { socket, heard } = client(port, upload.replace("100000000", "4000000"));
  socket.write("x".repeat(4_000_000));
  await new Promise((resolve) => setTimeout(resolve, 3 * patience.milliseconds));
  read();
  await expect.poll(heard).toContain("all of it");
});

test("a download that nobody reads is ended", async () => {
  const gone = new Promise<void>((resolve) => {
    void listen((_request, response) => {
      response.on("close", resolve);
      const write = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000_000))) {}
      };
      response.on("drain", write);
      write();
    }).then((port) => client(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").socket.pause());
  });
  await gone;
});

test("a download that is read slowly goes on, and a slow answer is waited for", async () => {
  const port = await listen((_request, response) => {
    setTimeout(() => response.end("x".repeat(10_000_000)), 2 * patience.milliseconds);
  });
  const { socket, heard } = client(port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  socket.on("data", () => {
    socket.pause();
    setTimeout(() => socket.resume(), 10);
  });
  await once(socket, "end", { signal: AbortSignal.timeout(30_000) });
  expect(heard().length).toBeGreaterThan(10_000_000);
});

test.each([
  ["an upgrade", "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "HTTP/1.1 200"],
  ["CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 405"],
  ["another expectation", "GET / HTTP/1.1\r\nHost: a\r\nExpect: cake\r\n\r\n", "HTTP/1.1 417"],
  ["no request", "nonsense\r\n\r\n", "HTTP/1.1 400"],
  ["no host", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400"],
  ["a large head", `GET / HTTP/1.1\r\nHost: a\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, "HTTP/1.1 431"],
  ["half a head", "GET / HTTP/1.1\r\nHost: a\r\n", "HTTP/1.1 408"],
  ["nothing at all", "", ""],
])("%s is answered and its connection ends", async (_, text, answer) => {
  const port = await listen((_request, response) => response.end("fine"), {
    headersTimeout: 300,
    keepAliveTimeout: 300,
  });
  const { heard, closed } = client(port, text);
  await closed;
  expect(heard()).toContain(answer);
});

test("stopping waits for a running request, and for nobody who stands still", async () => {
  let finish = () => {};
  const port = await listen((request, response) => {
    if (request.url === "/up") return reading(request, response);
    if (request.url === "/long") finish = () => response.end("answered");
    else response.end("fine");
  });
  const running = client(port, "GET /long HTTP/1.1\r\nHost: a\r\n\r\n");
  for (const text of ["", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", upload]) client(port, text, true);
  client(port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", true);
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(6);
  const began = performance.now();
  const stopped = close(new AbortController().signal);
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(1);
  finish();
  await stopped;
  expect(running.heard()).toContain("answered");
  expect(performance.now() - began).toBeLessThan(5000);
});

test("in a hurry running requests are cut", async () => {
  const port = await listen(() => undefined);
  const { closed } = client(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await once(server, "request");
  await close(AbortSignal.abort());
  await closed;
});

test.each([
  ["written at once", (end: (text?: string) => void) => end("<html id=__next_error__>")],
  ["empty", (end: (text?: string) => void) => end()],
])("a page that failed for want of the database is a sentence and 503: %s", async (_, write) => {
  const port = await listen((request, response) => {
    replaceFailedPage(request, response, () =>
      request.url === "/away" ? "The database <does> not answer." : undefined,
    );
    response.statusCode = request.url === "/fine" ? 200 : 500;
    response.setHeader("content-encoding", "gzip");
    if (request.url !== "/fine") response.write("part");
    write((text) => response.end(text));
  });
  const ask = async (path: string, accept = "*/*") => {
    const { socket, heard } = client(
      port,
      `GET ${path} HTTP/1.1\r\nHost: a\r\nAccept: ${accept}\r\nConnection: close\r\n\r\n`,
    );
    await once(socket, "end");
    return heard();
  };
  const away = await ask("/away", "text/html");
  expect(away).toMatch(/^HTTP\/1\.1 503 .*retry-after: \d+.*The database &lt;does&gt; not answer.*Try again/is);
  expect(away).not.toMatch(/content-encoding|__next_error__|part/);
  expect(await ask("/away")).toMatch(/The database <does> not answer\.\n/);
  expect(await ask("/broken")).toMatch(/^HTTP\/1\.1 500 .*part/s);
  expect(await ask("/fine")).toMatch(/^HTTP\/1\.1 200 /);
});

test("nothing is kept of what is over on a connection that goes on", async () => {
  const kept: WeakRef<object>[] = [];
  const answer: RequestListener = (request, response) => {
    kept.push(new WeakRef(request), new WeakRef(response));
    response.end();
  };
  const port = await listen(answer, {}, { milliseconds: 60_000, bytes: 1 }); // no look at connections meanwhile
  const { socket, heard } = client(port);
  for (let nth = 1; nth <= 200; nth += 1) {
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    while (heard().split("HTTP/1.1 200").length <= nth) await once(socket, "data");
  }
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  expect(kept.length).toBe(400);
  expect(kept.filter((one) => one.deref()).length).toBeLessThan(20);
});
