import type { Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { inlineLimit } from "@/lib/operations/rules";
import { planUndo } from "@/lib/operations/undo";
import { caller, keyFor, startApi } from "@/lib/testing/api";
import { admitted, countDrift, makeBatch, makeCampaign } from "@/lib/testing/builders";

let server: Server;
let address = "";
beforeAll(async () => {
  ({ server, address } = await startApi());
});
afterAll(() => server.close());

let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
let key = "";
let path = "";
beforeEach(async () => {
  scope = await makeCampaign();
  key = await keyFor(scope.applicationId, "management");
  path = pathOf(scope);
});
const pathOf = ({ applicationId, campaignId }: CampaignIds) =>
  `/v1/applications/${applicationId}/campaigns/${campaignId}/import_referrals`;

const boundary = "----------x1";
/** A part as clients write it; the SDK sends text without a name and without a type. */
const part = (name: string, text: string, more = "", head = "") =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n${head}\r\n${text}\r\n`;
const end = `--${boundary}--\r\n`;
const send = (body: string | Uint8Array, type = `multipart/form-data; boundary=${boundary}`, to = path, by = key) =>
  caller(address, `ManagementKey-v1 ${by}`)("POST", to, body, { "content-type": type });
const upload = (csv: string) => send(part("upFile", csv) + end);

const header = "code,advocateprofileintegrationid,startdate,expirydate,limitval,attributes";
const count = () => db.referral.count({ where: { applicationId: scope.applicationId } });
/** Nothing of a file is kept: no code, no operation, no staged row, no import. */
async function expectNothing(codes = 0): Promise<void> {
  const where = { applicationId: scope.applicationId };
  expect(await count()).toBe(codes);
  expect(await db.operation.count({ where: { ...where, kind: "import" } })).toBe(0);
  expect(await db.import.count({ where })).toBe(0);
  expect(await db.importRow.count({ where })).toBe(0);
}
interface Said {
  message: string;
  errors?: { title: string; details: string; source: { line?: string; pointer?: string } }[];
}

describe("a file in order", () => {
  const example = `${header}\r\nWELCOME-ANN-7,cust_ann,2030-01-01T00:00:00+02:00,,5,"{""tier"": ""gold"", ""vip"": true}"\r\nben-8,cust_ben,,,,\r\n`;
  it("becomes codes with all that it says, one batch and one import", async () => {
    const { status, body } = await upload(example);
    expect([status, body]).toEqual([
      200,
      {
        id: expect.any(Number),
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        accountId: 1,
        userId: expect.any(Number),
        entity: "Referral",
        amount: 2,
      },
    ]);
    const { id } = body as { id: number };
    const [ann, ben] = await db.referral.findMany({ where: scope, orderBy: { code: "desc" } });
    expect(ann).toMatchObject({
      ...{ code: "WELCOME-ANN-7", advocateIntegrationId: "cust_ann", usageLimit: 5, usageCounter: 0 },
      ...{ attributes: { tier: "gold", vip: true }, validFrom: new Date("2029-12-31T22:00:00Z"), validUntil: null },
      ...{ importId: BigInt(id), batchId: expect.stringMatching(/^[a-z]{8}$/), friendIntegrationId: null },
    });
    expect(ben).toMatchObject({
      code: "BEN-8",
      usageLimit: 1,
      attributes: {},
      batchId: ann?.batchId,
      importId: BigInt(id),
    });
    const operation = await db.operation.findFirstOrThrow({ where: { applicationId: scope.applicationId } });
    expect(operation).toMatchObject({ kind: "import", state: "applied", actorKind: "key", changed: 2 });
    expect(operation.actorName).toBe("management of the test");
    const { planId } = await planUndo(admitted(scope), { operationId: String(operation.id) });
    await applyPlan(admitted(scope), { planId });
    expect(await count()).toBe(0);
  });

  it.each([
    ["text without a name", part("upFile", example)],
    ["text with a name", part("upFile", example, '; filename="codes.csv"', "Content-Type: text/csv\r\n")],
    ["bytes without a name", part("upFile", example, "", "Content-Type: application/octet-stream\r\n")],
    [
      "bytes with a name",
      part("upFile", example, '; filename="c:\\\\a\\\\b.csv"', "Content-Type: application/octet-stream\r\n"),
    ],
  ])("may come as %s", async (_, sent) => {
    expect((await send(sent + end)).status).toBe(200);
    expect((await send(sent + end)).status).toBe(400);
    expect(await count()).toBe(2);
  });

  it("is what an export gives, with a mark, other columns and a formula made safe", async () => {
    const csv = `\uFEFFid,code,counter,advocateprofileintegrationid,friendprofileintegrationid\n9,'=A1-B2,3,'''-ann,x\n`;
    expect(await upload(csv.replace("'=A1-B2", "'@A1-B2"))).toMatchObject({ status: 200 });
    const made = await db.referral.findFirstOrThrow({ where: scope });
    expect([made.code, made.advocateIntegrationId, made.friendIntegrationId]).toEqual(["@A1-B2", "''-ann", null]);
  });

  it("is made whole where it is larger than what the dashboard makes at once", async () => {
    const rows = inlineLimit + 1;
    const lines = Array.from({ length: rows }, (_, n) => `LARGE-${n},cust_${n % 100}`);
    const { status, body } = await upload(`code,advocateprofileintegrationid\n${lines.join("\n")}\n`);
    expect([status, (body as { amount: number }).amount]).toEqual([200, rows]);
    expect(await count()).toBe(rows);
    expect(await countDrift(scope)).toBe(0);
    const operation = await db.operation.findFirstOrThrow({ where: { applicationId: scope.applicationId } });
    expect(operation).toMatchObject({ state: "applied", changed: rows, refused: 0 });
    expect(await db.importRow.count({ where: { applicationId: scope.applicationId } })).toBe(0);
  });
});

describe("a bad row", () => {
  it("is named by the line on which it starts, and nothing of the file is kept", async () => {
    await makeBatch(scope, [{ code: "TAKEN-1" }]);
    const csv = [
      header,
      'GOOD-1,"two\nlines",,,,',
      "x,cust_a,,,,",
      "good-1,cust_b,,,,",
      "TAKEN-1,cust_c,,,,",
      'BAD-2,cust_d,2030-02-30T00:00:00Z,,7000000,"{""size"": 1}"',
      "BAD-3,,,,,",
    ];
    const { status, body } = await upload(csv.join("\n"));
    const said = body as Said;
    expect(status).toBe(400);
    expect(said.message).toMatch(/^5 rows have problems/);
    expect(said.errors?.map(({ source }) => source)).toEqual(["4", "5", "6", "7", "8"].map((line) => ({ line })));
    expect(said.errors?.[3]?.details).toMatch(/startdate: .*limitval: .*attributes: /s);
    await expectNothing(1);
  });

  it("is one of many: the first hundred are named, and how many there are", async () => {
    const rows = Array.from({ length: 251 }, () => "bad code,cust,,,,");
    const said = (await upload([header, "OKAY-1,a,,,,", ...rows].join("\r\n"))).body as Said;
    expect(said.message).toMatch(/^251 rows have problems/);
    expect(said.errors?.map(({ source }) => source.line)).toEqual(Array.from({ length: 100 }, (_, n) => String(n + 3)));
    await expectNothing();
  });

  it("is one whose code somebody takes at the same moment: one of two equal files wins", async () => {
    const csv = [header, ...Array.from({ length: 300 }, (_, n) => `RACE-${n},cust,,,,`)].join("\n");
    const answers = await Promise.all([upload(csv), upload(csv)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(answers.find(({ status }) => status === 400)?.text).toMatch(/300 rows have problems/);
    expect(await count()).toBe(300);
    expect(await db.importRow.count({ where: { applicationId: scope.applicationId } })).toBe(0);
  });
});

describe("what is no such file", () => {
  const good = `${header}\nGOOD-1,cust,,,,\n`;
  const cases: [string, string | Uint8Array, RegExp, string?][] = [
    ["another field", part("file", good) + end, /field “upFile”/],
    ["a field without a name", part("", good) + end, /field “upFile”/],
    ["two files", part("upFile", good) + part("upFile", good.replace("GOOD-1", "GOOD-2")) + end, /one file alone/],
    ["a file and a field", part("upFile", good) + part("note", "hello") + end, /one file alone/],
    ["no field", end, /no field “upFile”/],
    ["nothing", "", /form/],
    ["a form that breaks off in the file", part("upFile", good), /ends before/],
    ["a form that breaks off in the head", `--${boundary}\r\nContent-Disp`, /ends before|no field/],
    ["a part that says nothing of itself", `--${boundary}\r\n\r\n${good}\r\n${end}`, /no field/],
    ["an empty file", part("upFile", "") + end, /empty/, "/upFile"],
    ["a header alone", part("upFile", header) + end, /no rows/, "/upFile"],
    [
      "a file without an advocate's column",
      part("upFile", "code\nGOOD-1\n") + end,
      /advocateprofileintegrationid/,
      "/upFile",
    ],
    ["a megabyte without a line", part("upFile", "x".repeat(2_000_000)) + end, /./, "/upFile"],
    ["a row of two megabytes", part("upFile", `${header}\n${"y".repeat(2_000_000)}\n`) + end, /longer/, "/upFile"],
    [
      "bytes that are no text",
      Buffer.concat([
        Buffer.from(`${part("upFile", "code,advocateprofileintegrationid").slice(0, -2)}\n`),
        Buffer.from([0xff, 0xfe, 0xff]),
        Buffer.from(`\r\n${end}`),
      ]),
      /UTF-8/,
      "/upFile",
    ],
    ["a NUL", part("upFile", `${header}\nGO\u0000D,a\n`) + end, /NUL/, "/upFile"],
  ];
  it.each(cases)("%s is refused with 400 and the mend", async (_, sent, words, place) => {
    const { status, body } = await send(sent);
    const said = body as Said;
    expect([status, JSON.stringify(said)]).toEqual([400, expect.stringMatching(words)]);
    if (place) expect(said.errors?.[0]?.source).toEqual({ pointer: place });
    await expectNothing();
  });

  it("is no form, or one without a boundary", async () => {
    expect((await send(good, "text/csv")).status).toBe(415);
    expect((await send(good, "application/json")).status).toBe(415);
    for (const type of [
      "multipart/form-data",
      "multipart/form-data; boundary=",
      `multipart/form-data; boundary=${"b".repeat(300)}`,
    ])
      expect(await send(part("upFile", good) + end, type)).toMatchObject({
        status: 400,
        text: expect.stringMatching(/boundary/),
      });
    await expectNothing();
  });

  it("is said to be larger than a file may be", async () => {
    let text = "";
    for await (const chunk of begin(`Content-Length: 600000000\r\n\r\n--${boundary}`)) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
    await expectNothing();
  });
});

/** Sends the rest of a head and a body as they are, and gives the socket. */
function begin(rest: string) {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ManagementKey-v1 ${key}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\n${rest}`,
  );
  return socket;
}
/** How many files this test's database is taking in. */
async function uploadsUnderWay(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY import_row%'",
  );
  return rows[0]?.n ?? 0;
}

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
