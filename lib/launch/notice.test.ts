import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { noticeOfStop } from "./notice";

let server: Server;
let address = "";
let now = 0;
let notice: ReturnType<typeof noticeOfStop>;
const calm = new AbortController().signal;

beforeEach(async () => {
  now = 0;
  notice = noticeOfStop(() => now);
  server = createServer(notice.before((_request, response) => void response.end("served")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === "object" && bound?.port}`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const ask = async (path: string) => (await fetch(address + path)).status;

/** Somebody who asks every two seconds. */
async function watch(): Promise<void> {
  for (const moment of [0, 2000, 4000]) {
    now = moment;
    expect(await ask("/readyz")).toBe(200);
  }
}

test("who watches is told by 503 before the door is shut; everybody else is still served", async () => {
  await watch();
  now = 5000;
  let given = false;
  const stopping = notice.give(calm).then(() => {
    given = true;
  });
  expect(await ask("/applications")).toBe(200);
  const early = given; // without a question nothing is given but by time
  expect(await ask("/readyz?full")).toBe(503);
  await stopping;
  expect({ early, given }).toEqual({ early: false, given: true });
  expect(await ask("/readyz")).toBe(503);
  expect(await ask("/livez")).toBe(200);
});

test.each([
  ["never asked", async () => undefined],
  ["asked once", async () => void (await ask("/readyz"))],
  [
    "has not asked for long",
    async () => {
      await watch();
      now = 8001;
    },
  ],
])("nobody is waited for who %s", async (_, come) => {
  await come();
  await notice.give(calm);
  expect(await ask("/readyz")).toBe(503);
});

test("a second request to stop ends the waiting", async () => {
  await watch();
  await notice.give(AbortSignal.abort());
  expect(await ask("/readyz")).toBe(503);
});
