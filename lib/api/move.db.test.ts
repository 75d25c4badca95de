import type { Server } from "node:http";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApi } from "@/lib/testing/api";
import { makeShop, type Shop } from "@/lib/testing/shop";
import { keyVariable } from "./examples";
import { integrationSteps, type MoveStep, managementKeyVariable, managementSteps } from "./move";

// Does what /docs/move-from-talon-one says, with the lines that it shows.
let server: Server;
let address = "";
let shop: Shop;
beforeAll(async () => {
  ({ server, address } = await startApi());
});
afterAll(() => server.close());

const load = createRequire(import.meta.url);
const keyOf = (header: string) => header.split(" ")[1] ?? "";

/** Runs the lines one after the other, as a program of the shop would; what it prints. */
async function run(sdk: string, steps: MoveStep[]): Promise<unknown[]> {
  const printed: unknown[] = [];
  const env = {
    [keyVariable]: keyOf(shop.authorization.integration),
    [managementKeyVariable]: keyOf(shop.authorization.management),
  };
  const code = steps.map((step) => step.code).join("\n");
  const program = new Function("require", "process", "console", `return (async () => {\n${code}\n})();`);
  const required = (name: string) => load(name === "talon_one" ? sdk : name);
  await program(required, { env }, { log: (value: unknown) => printed.push(value) });
  return printed;
}

describe.each([
  ["4.3.0", "talon_one_4"],
  ["5.0.1-rc", "talon_one"],
])("talon_one %s", (_, sdk) => {
  it("makes and redeems a code with the lines for a shop", async () => {
    shop = await makeShop();
    const printed = await run(sdk, integrationSteps(address, String(shop.campaignId)));
    expect(printed).toEqual([expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/), "acceptReferral", 1]);
  });

  it("lists codes with the lines for a back office", async () => {
    shop = await makeShop();
    const printed = await run(sdk, managementSteps(address, String(shop.applicationId), String(shop.campaignId)));
    expect(printed).toEqual([expect.arrayContaining([shop.codes.at(-1)])]);
  });
});
