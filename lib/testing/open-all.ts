import type { Things } from "./things";
import { accountPages, dashboardPages, dashboardRoutes } from "./ways-in";

const queries: Record<string, string>[] = [
  {},
  { q: "code" },
  { batch: "x" },
  { sort: "code", status: "active" },
  { size: "100", page: "last" },
];

/**
 * Opens every page and every route that is read, about these things and by several addresses each.
 * @param token of a link that lets somebody in, which nobody uses up by looking at it
 * @returns how many were opened
 */
export async function openAll(things: Things, token: string): Promise<number> {
  const params = () =>
    Promise.resolve({
      ...Object.fromEntries(Object.entries(things).map(([name, id]) => [name, String(id)])),
      ...{ name: "tier", rows: "rest", token },
    });
  let opened = 0;
  for (const query of [...queries, { batch: things.batchId }, { selection: things.selectionId }]) {
    for (const load of [...Object.values(dashboardPages), ...Object.values(accountPages)]) {
      const { default: page } = await load();
      opened += 1;
      await page({ params: params(), searchParams: Promise.resolve(query) }).catch((error: unknown) => {
        if (!(error instanceof Error && "digest" in error)) throw error;
      });
    }
    for (const load of Object.values(dashboardRoutes)) {
      const { GET } = await load();
      if (!GET) continue;
      opened += 1;
      const request = new Request(`http://shop.test/?${new URLSearchParams(query)}`, {
        headers: { host: "shop.test" },
      });
      const answer = await GET(request, { params: params() });
      if (answer.headers.get("content-type")?.startsWith("text/event-stream")) await answer.body?.cancel();
      else await answer.arrayBuffer();
    }
  }
  return opened;
}
