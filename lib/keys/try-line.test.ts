import { expect, test } from "vitest";
import { endpoints } from "@/lib/api/endpoints";
import { router } from "@/lib/api/router";
import { tryLine } from "./try-line";

test("the line for an integration key leads to an endpoint for such keys, with a body that it takes", () => {
  const trial = tryLine("integration", "rfi_1_secret", "https://shop.example");
  const endpoint = trial ? router(endpoints)(trial.path)?.methods.get(trial.method) : undefined;
  expect(endpoint?.key).toBe("integration");
  const [, query, body] =
    / '[^?]+\?(.+)' -H 'Authorization: ApiKey-v1 rfi_1_secret' .+ -d '(.+)'$/.exec(trial?.line ?? "") ?? [];
  expect(endpoint?.query?.safeParse({ dry: "true" }).error).toBeUndefined();
  expect(query).toBe("dry=true");
  expect(endpoint?.body?.safeParse(JSON.parse(body ?? "")).error).toBeUndefined();
});
