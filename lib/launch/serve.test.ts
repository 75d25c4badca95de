import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { drain, isKnownHost, isReadable } from "./serve";

const waiting: ServerResponse[] = [];
let server = createServer();

/** A server whose answers wait for us, with one request on its way. */
async function withRunningRequest() {
  server = createServer((_, response) => {
    waiting.push(response);
    server.emit("arrived");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const address = `http://127.0.0.1:${typeof bound === "object" && bound?.port}`;
  const answer = fetch(address).then(
    (response) => response.text(),
    () => "cut",
  );
  await once(server, "arrived");
  return { address, answer };
}

afterEach(() => {
  server.close();
  waiting.length = 0;
});

test("a running request is answered before the server is closed, and no new one is taken", async () => {
  const { address, answer } = await withRunningRequest();
  let drained = false;
  const done = drain(server, new AbortController().signal).then(() => {
    drained = true;
  });
  await expect(fetch(address)).rejects.toThrow();
  expect(drained).toBe(false);
  waiting[0]?.end("answered");
  expect(await answer).toBe("answered");
  await done;
});

test("in a hurry running requests are cut", async () => {
  const { answer } = await withRunningRequest();
  await drain(server, AbortSignal.abort());
  expect(await answer).toBe("cut");
});

test.each([
  ["/applications/1/campaigns?q=%", true],
  ["/applications/%F0%9F%98%80/campaigns", true],
  ["/applications/%/campaigns", false],
  ["/applications/%ED%A0%80/campaigns", false],
])("the address %s can be read: %s", (address, readable) => {
  expect(isReadable(address)).toBe(readable);
});

test.each([
  ["127.0.0.1:3000", true],
  ["[::1]:3000", true],
  ["localhost", true],
  ["10.1.2.3:80", true],
  ["shop.internal:3000", true],
  ["Referrals.Example.com", true],
  ["evil.example", false],
  ["evil.example:3000", false],
  ["localhost.evil.example", false],
  ["", false],
  [undefined, false],
  ["a b", false],
])("a request for the host %s is answered: %s", (header, known) => {
  expect(isKnownHost(header, { host: "shop.internal", allowedHosts: ["referrals.example.com"] })).toBe(known);
});
