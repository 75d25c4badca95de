import { beforeEach, expect, it, vi } from "vitest";
import { POST } from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/chosen/route";
import type { CampaignIds } from "@/lib/access/scope";
import { pastedBytesMax } from "@/lib/selections/schema";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

vi.mock("@/lib/access/actor", async (original) => {
  const actor = await original<typeof import("@/lib/access/actor")>();
  return { ...actor, currentActor: async () => actor.operator };
});

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
  await makeBatch(scope, [{ code: "REF-1" }, { code: "REF-2" }]);
});

const plain = { host: "localhost", origin: "http://localhost", "content-type": "text/plain; charset=utf-8" };

async function send(body: BodyInit | null, headers: Record<string, string> = {}) {
  const request = new Request("http://localhost/chosen", {
    method: "POST",
    body,
    headers: { ...plain, ...headers },
    ...(body instanceof ReadableStream && { duplex: "half" }),
  });
  const params = { applicationId: String(scope.applicationId), campaignId: String(scope.campaignId) };
  const answer = await POST(request, { params: Promise.resolve(params) });
  return { status: answer.status, headers: answer.headers, answer: await answer.json() };
}

/** A text of so many bytes, by megabytes, that does not say how long it is. */
function unannounced(bytes: number): { body: ReadableStream; sent: () => number } {
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      const piece = new TextEncoder().encode("REF-1\n".repeat(200_000)).subarray(0, bytes - sent);
      sent += piece.byteLength;
      if (piece.byteLength === 0) controller.close();
      else controller.enqueue(piece);
    },
  });
  return { body, sent: () => sent };
}

it("chooses the codes of a text, and says what became of the others", async () => {
  const { status, answer } = await send("REF-1, ref-3\r\nREF-2 REF-1");
  expect(status).toBe(201);
  expect(answer).toMatchObject({ ok: true, data: { found: 2, duplicates: 1 } });
  expect(answer.data.selectionId).toMatch(/^\d+$/);
});

it("takes letters of all languages, whole where they lie on the edge of two pieces", async () => {
  await makeBatch(scope, [{ code: "井上-7" }]);
  const [first, second] = [
    new TextEncoder().encode("井上-7").subarray(0, 2),
    new TextEncoder().encode("井上-7").subarray(2),
  ];
  const body = new ReadableStream({
    start(controller) {
      for (const piece of [first, second]) controller.enqueue(piece);
      controller.close();
    },
  });
  expect((await send(body)).answer.data).toMatchObject({ found: 1 });
});

it("refuses a text that is longer than 16 MB, whether it says so beforehand or not, and reads no more of it", async () => {
  const tooLong = { code: "too_large", message: "This text is longer than 16 MB; paste it in parts." };
  const announced = await send("REF-1", { "content-length": String(pastedBytesMax + 1) });
  expect(announced).toMatchObject({ status: 413, answer: { ok: false, ...tooLong } });
  const { body, sent } = unannounced(10 * pastedBytesMax);
  const streamed = await send(body);
  expect(streamed).toMatchObject({ status: 413, answer: { ok: false, ...tooLong } });
  expect(streamed.headers.get("connection")).toBe("close");
  expect(sent()).toBeLessThan(1.5 * pastedBytesMax);
});

it.each(["text/html", "application/json", "multipart/form-data; boundary=x", "text/plainer", ""])(
  "refuses a body of the type “%s”",
  async (type) => {
    const { status, answer } = await send("REF-1", { "content-type": type });
    expect(status).toBe(415);
    expect(answer.message).toContain(type === "" ? "not without a type" : `not as “${type}”`);
  },
);

it("refuses bytes that are no UTF-8, and a text without codes", async () => {
  const bytes = await send(new Uint8Array([0x52, 0xc3, 0x28]));
  expect(bytes).toMatchObject({
    status: 400,
    answer: { fields: { text: "This text is not UTF-8. Send it as UTF-8." } },
  });
  const cut = await send(new Uint8Array([0x52, 0xc3]));
  expect(cut.status).toBe(400);
  expect((await send(null)).answer.message).toContain("There is no code in this text.");
});

it.each([
  ["another site's page", { origin: "https://elsewhere.example" }],
  ["a page of another site, as the browser says", { "sec-fetch-site": "cross-site" }],
  ["nobody knows where", { origin: "null" }],
])("refuses what %s sent", async (_, headers) => {
  const { status, answer } = await send("REF-1", headers as Record<string, string>);
  expect({ status, code: answer.code }).toEqual({ status: 403, code: "forbidden" });
});

it("reads four texts at a time, and says of the fifth that it is to be sent again", async () => {
  const waiting = Array.from({ length: 4 }, () => {
    let end = () => {};
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const pull = (controller: ReadableStreamDefaultController) => {
      begin();
      return new Promise<void>((resolve) => {
        end = () => {
          controller.enqueue(new TextEncoder().encode("REF-1"));
          controller.close();
          resolve();
        };
      });
    };
    return { answer: send(new ReadableStream({ pull }, { highWaterMark: 0 })), begun, end: () => end() };
  });
  await Promise.all(waiting.map(({ begun }) => begun));
  expect((await send("REF-2")).status).toBe(503);
  for (const { end } of waiting) end();
  expect((await Promise.all(waiting.map(({ answer }) => answer))).map(({ status }) => status)).toEqual([
    201, 201, 201, 201,
  ]);
  expect((await send("REF-2")).status).toBe(201);
});
