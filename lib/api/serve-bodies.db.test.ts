import { once } from "node:events";
import { connect } from "node:net";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { makeCampaign } from "@/lib/testing/builders";

withApi();

let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
let key = "";
let ask: ReturnType<typeof caller>;
beforeEach(async () => {
  scope = await makeCampaign();
  key = await keyFor(scope.applicationId, "integration");
  ask = caller(address, `ApiKey-v1 ${key}`);
});
const made = (more: object = {}) => ({
  campaignId: scope.campaignId,
  advocateProfileIntegrationId: "cust_ann",
  ...more,
});
const count = () => db.referral.count({ where: { applicationId: scope.applicationId } });

describe("a body of unknown length that is longer than is read", () => {
  const megabyte = `${(1024 * 1024).toString(16)}\r\n${"x".repeat(1024 * 1024)}\r\n`;
  /** Begins to send one, and does not look at what is answered meanwhile. */
  function begin() {
    const socket = connect(Number(new URL(address).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      `POST /v1/referrals HTTP/1.1\r\nHost: x\r\nAuthorization: ApiKey-v1 ${key}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    return socket;
  }
  /** Sends so many megabytes, as fast as they are taken; how many were. */
  async function pour(socket: ReturnType<typeof begin>, megabytes: number): Promise<number> {
    for (let sent = 0; sent < megabytes; sent += 1) {
      if (!socket.write(megabyte) && !socket.destroyed)
        await Promise.race(["drain", "close", "error"].map((event) => once(socket, event).catch(() => undefined)));
      if (socket.destroyed) return sent;
    }
    return megabytes;
  }

  it("is answered with 413, also to who reads nothing before all is sent", async () => {
    const socket = begin();
    expect(await pour(socket, 40)).toBe(40);
    socket.write("0\r\n\r\n");
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close[\s\S]*A JSON body may have 16 MB/i);
  });

  it("ends where it has no end, and no more of it is kept than is read", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const socket = begin();
    socket.resume();
    const sent = await pour(socket, 1000);
    expect(sent).toBeLessThan(150); // what is read, what is let go, and what lies on the way
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * 1024 * 1024);
    const all = await Promise.all(
      Array.from({ length: 3 }, () => ask("POST", "/v1/referrals", `"${"x".repeat(15 * 1024 * 1024)}"`)),
    );
    expect(all.map(({ status }) => status)).toEqual([400, 400, 400]); // read whole: room for bodies was given back
  });
});

describe("an Idempotency-Key", () => {
  const repeatable = { "idempotency-key": "order 1" };
  it("gives the first answer again, to the byte, and makes nothing more", async () => {
    const first = await ask("POST", "/v1/referrals", made(), repeatable);
    const second = await ask("POST", "/v1/referrals", made(), repeatable);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(await count()).toBe(1);
    const bad = await ask("POST", "/v1/referrals", made({ attributes: { size: 1 } }), { "idempotency-key": "bad" });
    expect(
      await ask("POST", "/v1/referrals", made({ attributes: { size: 1 } }), { "idempotency-key": "bad" }),
    ).toMatchObject({
      status: 400,
      text: bad.text,
    });
  });

  it("is refused with another body, and too long", async () => {
    await ask("POST", "/v1/referrals", made(), repeatable);
    expect((await ask("POST", "/v1/referrals", made({ usageLimit: 2 }), repeatable)).status).toBe(422);
    expect((await ask("POST", "/v1/referrals", made(), { "idempotency-key": "x".repeat(256) })).status).toBe(400);
    expect(await count()).toBe(1);
  });

  it("lets one of many at once make a code; the others get its answer, or are told to wait", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask("POST", "/v1/referrals", made(), repeatable)),
    );
    expect(new Set(answers.map(({ status }) => status))).toSatisfy((all: Set<number>) =>
      [...all].every((status) => status === 201 || status === 409),
    );
    const texts = new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text));
    expect(texts.size).toBe(1);
    expect(await count()).toBe(1);
  });

  it("is another one with another key, and anew after a day or a crash", async () => {
    await ask("POST", "/v1/referrals", made(), repeatable);
    const other = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
    expect((await other("POST", "/v1/referrals", made(), repeatable)).status).toBe(201);
    expect(await count()).toBe(2);
    const where = { applicationId: scope.applicationId };
    // As a crash between making the code and keeping the answer leaves it: the code of the first request is found again.
    await db.apiAnswer.updateMany({ where, data: { status: null, body: null, leaseUntil: new Date(0) } });
    expect((await ask("POST", "/v1/referrals", made(), repeatable)).status).toBe(201);
    expect(await count()).toBe(2);
    await db.apiAnswer.updateMany({ where, data: { created: new Date(0) } });
    expect((await ask("POST", "/v1/referrals", made({ usageLimit: 2 }), repeatable)).status).toBe(201);
    expect(await count()).toBe(3);
  });
});
