import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";

// Every action that the build holds is known by its id; what another site's page could send to it is refused before it runs (F1).
const { node } = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as { node: object };
const actions = Object.keys(node);

const elsewhere: Record<string, Record<string, string>> = {
  "another origin": { origin: "https://evil.example" },
  "the same name, another port": { origin: "http://127.0.0.1:1" },
  "the origin null": { origin: "null" },
  "no origin": {},
  "Sec-Fetch-Site: cross-site": { "sec-fetch-site": "cross-site" },
  "Sec-Fetch-Site: same-site": { "sec-fetch-site": "same-site" },
  "a forged host": { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
};

test("no action of the build is carried out for another site's page", async ({ request, baseURL }) => {
  expect(actions.length).toBeGreaterThan(40);
  const carriedOut: string[] = [];
  for (const [how, given] of Object.entries(elsewhere))
    for (const action of actions) {
      const own: Record<string, string> = how.startsWith("Sec-Fetch") ? { origin: baseURL ?? "" } : {};
      const answer = await request.post("/applications/1/campaigns/1/referrals", {
        headers: { ...own, ...given, "next-action": action, "content-type": "text/plain;charset=UTF-8" },
        data: "[{}]",
        maxRedirects: 0,
      });
      if (![403, 421].includes(answer.status())) carriedOut.push(`${action} from ${how}: ${answer.status()}`);
    }
  expect(carriedOut).toEqual([]);
});
