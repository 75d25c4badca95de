import { writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "@/lib/launch/temporary";
import { startApi } from "@/lib/testing/api";
import { runCurl } from "@/lib/testing/curl";
import { runModules } from "@/lib/testing/modules";
import { makeShop, type Shop } from "@/lib/testing/shop";
import { examplesOf, keyVariable } from "./examples";
import { openApi } from "./openapi";
import { keyKindOf, type Listed, operationsOf } from "./openapi-types";

// Does what the examples of /docs say, as they stand there; only the names of what there is are those of a shop.
const folder = temporaryFolder();
let server: Server;
let address = "";
beforeAll(async () => {
  ({ server, address } = await startApi());
  writeFileSync(`${folder.path}/referrals.csv`, "code,advocateprofileintegrationid\nEXAMPLE-1,cust_ann\n");
});
afterAll(() => {
  server.close();
  folder.remove();
});

const operations = operationsOf(openApi());
type Named = Record<string, unknown>;

/** What a shop has for the names that examples give to what is to be there already. */
const namesOf = ({ applicationId, campaignId, ids, batchId, codes }: Shop): Named => ({
  ...{ applicationId, campaignId, referralId: ids[5], batchId, batchID: batchId, referralCode: codes.at(-1) },
  ...{ customerSessionId: "order/0", sessionId: "order/0", integrationId: "friend-0" },
});

/** An example body with the names of a shop, wherever it has one. */
function renamed(value: unknown, names: Named): unknown {
  if (Array.isArray(value)) return value.map((inner) => renamed(inner, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, names[name] ?? renamed(inner, names)]));
}

/** An operation whose examples name what a shop has. */
function inShop(operation: Listed, shop: Shop): Listed {
  const names = namesOf(shop);
  // a session that is to be updated is a new one; those that are to be reopened, returned and seen are closed
  if (operation.operationId === "updateCustomerSessionV2") names.customerSessionId = names.sessionId = "order 1";
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  return {
    ...operation,
    parameters: operation.parameters.map((one) => ({
      ...one,
      ...(one.name in names && { schema: { ...one.schema, examples: [names[one.name]] } }),
      ...(one.example !== undefined && one.name in names && { example: String(names[one.name]) }),
    })),
    ...(type !== undefined &&
      media && {
        requestBody: { required: true, content: { [type]: { ...media, example: renamed(media.example, names) } } },
      }),
  };
}

const envOf = ({ authorization }: Shop, operation: Listed) => ({
  [keyVariable]: authorization[keyKindOf(operation)].split(" ")[1] ?? "",
});

it.each(operations)("the line of curl for $operationId is carried out", async (operation) => {
  const shop = await makeShop(6);
  const line = examplesOf(inShop(operation, shop), address).find(({ title }) => title === "curl")?.code ?? "";
  const response = await runCurl(line, envOf(shop, operation), folder.path);
  expect([response.status, await response.text()]).toEqual([
    Number(
      Object.keys(operation.responses).find((status) => status === String(response.status) && Number(status) < 300),
    ),
    expect.anything(),
  ]);
});

it("the JavaScript of every operation is carried out, with the SDKs and without", async () => {
  const modules: { code: string; env: Record<string, string>; of: string }[] = [];
  for (const operation of operations)
    for (const { title } of examplesOf(operation, address)) {
      const versions = /^talon_one (.*)$/.exec(title)?.[1]?.split(", ") ?? (title === "curl" ? [] : [""]);
      for (const version of versions) {
        const shop = await makeShop(6);
        const example = examplesOf(inShop(operation, shop), address).find((one) => one.title === title);
        const code = (example?.code ?? "").replace(
          '"talon_one"',
          version === "4.3.0" ? '"talon_one_4"' : '"talon_one"',
        );
        modules.push({ code, env: envOf(shop, operation), of: `${operation.operationId} ${title} ${version}` });
      }
    }
  const outcomes = await runModules(modules, folder.path);
  expect(outcomes.length).toBeGreaterThan(operations.length);
  const failed = outcomes.flatMap(({ failure }, n) =>
    failure === null ? [] : [[modules[n]?.of, failure, modules[n]?.code]],
  );
  expect(failed).toEqual([]);
}, 120_000);
