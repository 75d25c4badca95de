import { expect, test } from "./fixtures";
import { type AppFile, pageFiles, routeFiles } from "./pages/app-files";
import { expectHeaders } from "./pages/headers";

// Every page and route that there is, from its file: what each answers has the headers (H1), and no method but its own is answered (H2).
const places: Record<string, string> = {
  ...{ applicationId: "1", campaignId: "1", referralId: "1", operationId: "1", batchId: "nxbcayrs", name: "tier" },
  ...{ importId: "1", selectionId: "1", budgetId: "1", rows: "rest", token: "x".repeat(43) },
};
const addressOf = ({ path }: AppFile) => path.replaceAll(/\[(\w+)\]/g, (_, name: string) => places[name] ?? name);
/** What whoever watches over the process asks: it tells nothing of anybody. */
const health = ["/livez", "/readyz"];
const verbs = ["GET", "HEAD", "POST"] as const;

/** The methods that a route has; Next makes a HEAD of a GET. */
function declared({ text }: AppFile): string[] {
  const named = [
    ...text.matchAll(
      /export const (GET|HEAD|POST)\b|export (?:async )?function (GET|HEAD|POST)\b|as (GET|HEAD|POST)\b/g,
    ),
  ];
  const own = named.map(([, ...names]) => names.find(Boolean) ?? "");
  return own.includes("GET") ? [...own, "HEAD"] : own;
}

test("every page and route has the headers, and is stored by nobody", async ({ request }) => {
  const gets = routeFiles().filter((route) => declared(route).includes("GET") && !health.includes(route.path));
  const asked = [...pageFiles(), ...gets];
  expect(asked.length).toBeGreaterThan(60);
  for (const file of asked) {
    const answer = await request.get(addressOf(file), { maxRedirects: 0 });
    expectHeaders(answer);
    expect(answer.status(), file.path).toBeLessThan(500);
    expect(answer.headers()["cache-control"], file.path).toMatch(/^private, .*no-store/);
  }
});

test("a route is answered by the methods that it has, and by no other", async ({ request, baseURL }) => {
  const routes = routeFiles();
  expect(routes.length).toBeGreaterThan(40);
  const wrong: string[] = [];
  for (const route of routes) {
    const own = declared(route);
    expect(own.length, route.path).toBeGreaterThan(0);
    for (const method of verbs.filter((verb) => !own.includes(verb))) {
      const answer = await request.fetch(addressOf(route), {
        method,
        headers: { origin: baseURL ?? "" },
        maxRedirects: 0,
      });
      if (answer.status() !== 405) wrong.push(`${method} ${route.path}: ${answer.status()}`);
    }
  }
  expect(wrong).toEqual([]);
});
