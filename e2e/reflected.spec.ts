import type { APIRequestContext } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { expectHeaders } from "./pages/headers";

/** A download is named by us alone. */
const ownFileName = /^attachment; filename="[a-z0-9.-]+"$/;

/** Uploads a file with a row that cannot be read; gives the path of the file that says what is wrong with it. */
async function failedRowsOf(request: APIRequestContext, baseURL: string, text: string): Promise<string> {
  const name = encodeURIComponent(`../"; filename="${text}.csv`);
  const answer = await request.post(campaignPath(1, `/referrals/import/upload?name=${name}`), {
    headers: { origin: baseURL },
    data: `code,advocateprofileintegrationid,${text}\n${text} and a blank,x,${text}\n`,
  });
  const { data } = await answer.json();
  return campaignPath(1, `/referrals/import/${data.importId}/failed-rows`);
}

test("what is asked for is never in an answer as markup: not found, refused, of the API, of a file (X3)", async ({
  request,
  baseURL,
}) => {
  const script = "<script>alert(1)</script>";
  const written = encodeURIComponent(script);
  const asked = [
    ...[`/${written}`, `/applications/${written}/keys`, campaignPath(1, `/referrals/${written}`)],
    ...[campaignPath(1, `/referrals?q=${written}`), campaignPath(1, `/referrals/export?format=${written}`)],
    ...[
      campaignPath(1, `/referrals/choices?${written}=1`),
      `/v1/${written}`,
      `/sign-in?to=${written}`,
      "/applications/%ED%A0%80<script>",
    ],
    await failedRowsOf(request, baseURL ?? "", script),
  ];
  for (const path of asked) {
    const answer = await request.get(path, { headers: { accept: "text/html" } });
    if (!path.startsWith("/v1/")) expectHeaders(answer);
    const type = answer.headers()["content-type"] ?? "";
    expect(type, path).toMatch(/^text\/(html|plain|csv); ?charset=utf-8$|^application\/json\b/);
    // data is no markup: browsers are told to take it for nothing else
    if (type.startsWith("text/html")) expect(await answer.text(), path).not.toContain(script);
    else expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
    if (type.startsWith("text/csv")) expect(answer.headers()["content-disposition"]).toMatch(ownFileName);
  }
});
