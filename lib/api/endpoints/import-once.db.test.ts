import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { makeCampaign } from "@/lib/testing/builders";
import {
  begin,
  boundary,
  count,
  end,
  expectNothing,
  header,
  key,
  makePlace,
  part,
  path,
  pathOf,
  scope,
  send,
  upload,
  uploadsUnderWay,
} from "@/lib/testing/uploads";

withApi();
beforeEach(makePlace);

describe("an upload with an Idempotency-Key", () => {
  const csv = `${header}\nONCE-1,cust,,,,\nONCE-2,cust,,,,\n`;
  /** Each time with a boundary of its own, as clients send it. */
  let sent = 0;
  const sendOnce = (text: string, more = '; filename="codes.csv"', to = path) => {
    sent += 1;
    const own = `x${sent}x`;
    return caller(address, `ManagementKey-v1 ${key}`)(
      "POST",
      to,
      (part("upFile", text, more) + end).replaceAll(boundary, own),
      { "content-type": `multipart/form-data; boundary=${own}`, "idempotency-key": "file 1" },
    );
  };
  const answers = { where: {} as { applicationId: number } };
  beforeEach(() => {
    answers.where = { applicationId: scope.applicationId };
  });
  const imports = () => db.operation.count({ where: { ...answers.where, kind: "import" } });

  it("is answered as the first time, to the byte, and imported once", async () => {
    const first = await sendOnce(csv);
    const second = await sendOnce(csv);
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
    expect([await count(), await imports(), await db.importRow.count(answers)]).toEqual([2, 1, 0]);
  });

  it("is refused with another file, name or address, whatever became of the first", async () => {
    await sendOnce(csv);
    const beside = await db.campaign.create({
      data: { ...answers.where, name: "Beside", features: ["referrals"] },
    });
    for (const other of [
      await sendOnce(csv.replace("ONCE-1", "ONCE-3")),
      await sendOnce(csv, '; filename="others.csv"'),
      await sendOnce(csv, undefined, pathOf({ ...scope, campaignId: beside.id })),
    ])
      expect([other.status, other.text]).toEqual([422, expect.stringMatching(/another file/)]);
    expect([await count(), await imports()]).toEqual([2, 1]);
  });

  it("keeps what was refused for its rows, and not what was refused before its end", async () => {
    const wrong = `${header}\nx,cust,,,,\n`;
    const first = await sendOnce(wrong);
    expect([first.status, (await sendOnce(wrong)).text]).toEqual([400, first.text]);
    expect((await sendOnce(csv)).status).toBe(422);
    await db.apiAnswer.deleteMany(answers);
    expect((await sendOnce(`code\n${"GOOD-1\n".repeat(50_000)}`)).status).toBe(400);
    expect((await sendOnce(csv)).status).toBe(200);
    expect(await count()).toBe(2);
  });

  it("makes the codes again a day later, where they were deleted", async () => {
    await sendOnce(csv);
    const past = new Date(Date.now() - 25 * 3_600_000);
    await db.apiAnswer.updateMany({ ...answers, data: { created: past } });
    await db.operation.updateMany({ ...answers, data: { applied: past } });
    await db.referral.deleteMany(answers);
    expect([(await sendOnce(csv)).status, await count(), await imports()]).toEqual([200, 2, 2]);
  });

  it("is told to wait while the first one is on its way, however long that takes", async () => {
    const socket = begin(
      `Idempotency-Key: file 1\r\nContent-Length: 100000\r\n\r\n${part("upFile", csv)}`.slice(0, -2),
    );
    await expect.poll(uploadsUnderWay).toBe(1);
    expect([(await sendOnce(csv)).status, (await sendOnce(`${csv}ONCE-4,a,,,,\n`)).status]).toEqual([409, 409]);
    socket.destroy();
    await expect.poll(uploadsUnderWay).toBe(0);
    await expect.poll(async () => (await sendOnce(csv)).status).toBe(200);
    expect(await count()).toBe(2);
  });

  it("lets one of many at once import; the others get its answer, or are told to wait", async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => sendOnce(csv)));
    expect(new Set(all.map(({ status }) => status))).toSatisfy((seen: Set<number>) =>
      [...seen].every((status) => status === 200 || status === 409),
    );
    expect(new Set(all.filter(({ status }) => status === 200).map(({ text }) => text)).size).toBe(1);
    expect([await count(), await imports()]).toEqual([2, 1]);
  });

  it("finds after a crash what was made, and takes no other file for it", async () => {
    const first = await sendOnce(csv);
    // As a crash between making the codes and keeping the answer leaves it.
    const crash = () =>
      db.apiAnswer.updateMany({ ...answers, data: { status: null, body: null, leaseUntil: new Date(0) } });
    await crash();
    expect((await sendOnce(`${csv}ONCE-3,cust,,,,\n`)).status).toBe(422);
    const again = await sendOnce(csv);
    expect([again.status, (again.body as { id: number }).id]).toEqual([200, (first.body as { id: number }).id]);
    expect([await count(), await imports(), await db.import.count(answers), await db.importRow.count(answers)]).toEqual(
      [2, 1, 1, 0],
    );
    await crash();
    await db.apiAnswer.updateMany({ ...answers, data: { created: new Date(0) } });
    expect((await sendOnce(csv)).status).toBe(200); // a day later the header is new, and still names the same request
    expect(await count()).toBe(2);
    await db.apiAnswer.updateMany({ ...answers, data: { created: new Date(0) } });
    const next = await sendOnce(`${header}\nNEXT-1,cust,,,,\n`);
    expect([next.status, (next.body as { amount: number }).amount]).toEqual([200, 1]); // but not for another file
    expect([await count(), await imports()]).toEqual([3, 2]);
  });
});

describe("an upload", () => {
  it("that breaks off leaves nothing, and its connection is free again", async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `CUT-${n},cust,,,,`).join("\n");
    const socket = begin(`Content-Length: 10000000\r\n\r\n${part("upFile", `${header}\n${rows}`)}`.slice(0, -2));
    await expect.poll(uploadsUnderWay).toBe(1);
    socket.destroy();
    await expect.poll(uploadsUnderWay).toBe(0);
    await expectNothing();
    expect((await upload(`${header}\nCUT-1,cust,,,,`)).status).toBe(200);
  });

  it("waits for its turn where others take long, and is told so", async () => {
    const slow = [1, 2].map((n) =>
      begin(`Content-Length: 10000\r\n\r\n${part("upFile", `${header}\nSLOW-${n}`)}`.slice(0, -2)),
    );
    await expect.poll(uploadsUnderWay).toBe(2);
    expect(await upload(`${header}\nFAST-1,cust,,,,`)).toMatchObject({ status: 503 });
    for (const socket of slow) socket.destroy();
    await expect.poll(uploadsUnderWay).toBe(0);
    await expectNothing();
  });

  it("needs the permission, and a campaign of the key's application that has referrals", async () => {
    const good = part("upFile", `${header}\nGOOD-1,cust,,,,\n`) + end;
    const type = `multipart/form-data; boundary=${boundary}`;
    const other = await keyFor(scope.applicationId, "management", ["referrals.read"]);
    expect((await send(good, type, path, other)).status).toBe(403);
    const elsewhere = await makeCampaign();
    expect((await send(good, type, pathOf(elsewhere))).status).toBe(403);
    const told = async (campaignId: number) => {
      const { status, text } = await send(good, type, pathOf({ ...scope, campaignId }));
      return [status, text.replace(/campaign \d+/g, "campaign")];
    };
    const unknown = await told(2_000_000_000);
    expect(unknown[0]).toBe(404);
    expect(await told(elsewhere.campaignId)).toEqual(unknown);
    await db.campaign.updateMany({ where: { applicationId: scope.applicationId }, data: { features: [] } });
    expect(await send(good)).toMatchObject({ status: 400, text: expect.stringMatching(/referrals feature/) });
    await expectNothing();
  });
});
