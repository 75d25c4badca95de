import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { demoDatabase } from "@/lib/testing/database";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { freePort } from "./free-port";

const campaign = "/applications/1/campaigns/1";
const list = `${campaign}/referrals`;

/** The database's address, through a door that can be shut. */
const open = new Set<Socket>();
const door = createServer((near) => {
  const { hostname, port } = new URL(inject("databaseServer"));
  const far = connect(Number(port), hostname);
  for (const socket of [near, far]) {
    open.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      open.delete(socket);
      near.destroy();
      far.destroy();
    });
  }
  near.pipe(far).pipe(near);
});
let doorPort = 0;
let server: ChildProcess;
let address = "";
let cookie = "";

async function openDoor(): Promise<void> {
  door.listen(doorPort, "127.0.0.1");
  await once(door, "listening");
  const bound = door.address();
  doorPort = typeof bound === "object" && bound ? bound.port : 0;
}

function shutDoor(): void {
  door.close();
  for (const socket of open) socket.destroy();
}

const isReady = () =>
  fetch(`${address}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

beforeAll(async () => {
  await openDoor();
  const database = new URL(await demoDatabase());
  database.host = `127.0.0.1:${doorPort}`;
  const PORT = String(await freePort());
  address = `http://127.0.0.1:${PORT}`;
  server = spawn(process.execPath, ["lib/launch/run.mjs", "start"], {
    env: {
      ...process.env,
      PORT,
      HOST: "127.0.0.1",
      DATABASE_URL: database.href,
      DEMO: "0",
      LOG_LEVEL: "silent",
      ...administrator,
    },
    stdio: "ignore",
  });
  while (!(await isReady())) await pause(50);
  cookie = await signIn(address);
}, 240_000);

afterAll(async () => {
  server.kill("SIGKILL");
  shutDoor();
});

const get = (path: string, headers = {}) =>
  fetch(`${address}${path}`, { headers: { cookie, ...headers }, redirect: "manual" });
const post = (path: string, body: string, headers = {}) =>
  fetch(`${address}${path}`, { method: "POST", body, headers: { origin: address, cookie, ...headers } });

test("a hundred searches at once are answered, or told to come again", async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const answer = await get(`${list}?search=u${index}`);
      await answer.text();
      return answer.status === 503 ? answer.headers.get("retry-after") : answer.status;
    }),
  );
  expect(answers.filter((answer) => answer !== 200 && answer !== "5")).toEqual([]);
  expect(answers).toContain(200);
});

test("without its database everything says so by 503, soon, and works again when it is back", async () => {
  shutDoor();
  const paths = ["/", "/applications", campaign, list, `${list}?search=x`, `${list}/1`, `${list}/new`];
  const routes = [
    `${list}/export?format=csv`,
    `${list}/export?format=xlsx`,
    `${list}/choices`,
    "/applications/1/progress",
  ];
  const began = performance.now();
  const asked = [
    ...[...paths, ...routes].map((path) => get(path)),
    post(`${list}/import/upload?name=a.csv`, "code"),
    fetch(`${address}/readyz`),
  ];
  const answers = await Promise.all(asked.map(async (one) => [await one, await (await one).text()] as const));
  expect(answers.map(([{ status }]) => status)).toEqual(answers.map(() => 503));
  expect(performance.now() - began).toBeLessThan(15_000); // 13 at once, on a machine with other work
  for (const [{ headers }, text] of answers) {
    expect(text).toContain("database does not answer");
    expect(headers.get("retry-after")).toBe("5");
    expect(headers.get("x-frame-options")).toBe("DENY");
  }
  expect(await (await get("/applications", { accept: "text/html" })).text()).toContain('<a href="">Try again</a>');
  for (const path of ["/livez", "/favicon.ico", "/robots.txt"])
    expect((await fetch(address + path)).status, path).toBe(200);
  await openDoor();
  while (!(await isReady())) await pause(50);
  expect((await get(list)).status).toBe(200);
});

test("stopping waits for nobody who only holds a connection", async () => {
  const held = [
    "",
    "GET / HT",
    "GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n",
    `POST ${list}/import/upload?name=a.csv HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Length: 1000000\r\n\r\ncode`,
  ].map((text) => {
    const socket = connect({ port: Number(new URL(address).port), host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => undefined);
    socket.resume().write(text);
    return once(socket, "connect");
  });
  await Promise.all(held);
  const began = performance.now();
  server.kill("SIGTERM");
  expect(await once(server, "close")).toEqual([0, null]);
  expect(performance.now() - began).toBeLessThan(6000); // requests that run have 7 s
});
