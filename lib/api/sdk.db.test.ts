import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { address, withApi } from "@/lib/testing/api";
import { type ApiCall, callsOf } from "@/lib/testing/calls";
import { hasOperation, sdkApi, sdks } from "@/lib/testing/sdk";
import { csvFiles, makeShop } from "@/lib/testing/shop";
import { openApi } from "./openapi";
import { keyKindOf, type Listed, operationsOf } from "./openapi-types";
import { sdkOperations } from "./sdk-operations";

const description = openApi();
const operations = operationsOf(description);

withApi();

/** A call as an SDK is given it: parameters of the path, the required ones of the query, the body, and the rest by name. */
function argumentsOf({ parameters, requestBody }: Listed, { params, query, body }: ApiCall): unknown[] {
  const asked = new Map(query);
  const needed = parameters.filter((one) => one.in === "query" && one.required).map(({ name }) => name);
  const rest = Object.fromEntries(query.filter(([name]) => !needed.includes(name)));
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const [field = ""] = Object.keys(media?.schema.properties ?? {});
  const isJson = type === "application/json";
  return [
    ...parameters.filter((one) => one.in === "path").map(({ name }) => decodeURIComponent(params[name] ?? "")),
    ...needed.map((name) => asked.get(name)),
    ...(isJson ? [JSON.parse(String(body))] : []),
    { ...rest, ...(type !== undefined && !isJson && { [field]: fileOf(String(body)) }) },
  ];
}

/** The file in a form. */
const fileOf = (form: string) => form.split("\r\n\r\n")[1]?.split("\r\n--")[0] ?? "";

describe.each(Object.keys(sdks))("talon_one %s", (version) => {
  const own = operations.filter((one) => hasOperation(version, keyKindOf(one), one.operationId));

  it.each(own)(
    "calls $operationId, and reads its answer",
    async (operation) => {
      const shop = await makeShop();
      const kind = keyKindOf(operation);
      const authorization = shop.authorization[kind];
      const api = sdkApi(version, kind, address, authorization);
      const calls = callsOf(description, operation, { known: shop.known, authorization, files: csvFiles });
      const statuses: number[] = [];
      for (const call of fc.sample(calls, 100)) {
        const given = argumentsOf(operation, call);
        const answer = await api[`${operation.operationId}WithHttpInfo`]?.(...given).then(
          ({ response, data }) => ({ status: response.status, data }),
          (refused: { status?: number; error?: unknown }) => ({ status: refused.status ?? 0, data: refused.error }),
        );
        expect(Object.keys(operation.responses), JSON.stringify([given, answer])).toContain(String(answer?.status));
        statuses.push(answer?.status ?? 0);
        if (answer && answer.status < 300) return;
      }
      expect.fail(`No call was carried out: ${statuses}`);
    },
    120_000,
  );

  it("is known to the documentation by the operations that it has", () => {
    const names = Object.entries(sdkOperations).flatMap(([name, versions]) =>
      versions.some((one) => one === version) ? [name] : [],
    );
    const described = (name: string) => operations.some(({ operationId }) => operationId === name);
    expect(names.filter(described).sort()).toEqual(own.map(({ operationId }) => operationId).sort());
  });
});
