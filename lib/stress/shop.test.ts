import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { openShop } from "./shop";

it("asks a server below a path", async () => {
  const server = createServer((request, response) => response.end(request.url)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const shop = openShop(`http://127.0.0.1:${typeof address === "object" && address?.port}/below/`, "rfi_1_x", 1);
  expect(await shop.ask("GET", "/v1/x")).toEqual({ status: 200, text: "/below/v1/x", retryAfter: 0 });
  shop.close();
  server.close();
});

it("takes an IPv6 address for one, not for a name", async () => {
  const shop = openShop("http://[::1]:1", "rfi_1_x", 1); // where nothing listens, or there is no IPv6 at all
  const { status, text } = await shop.ask("GET", "/v1/x");
  shop.close();
  expect(status).toBe(0);
  expect(text).not.toContain("ENOTFOUND");
});
