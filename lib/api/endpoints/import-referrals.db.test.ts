import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { inlineLimit } from "@/lib/operations/rules";
import { planUndo } from "@/lib/operations/undo";
import { withApi } from "@/lib/testing/api";
import { admitted, countDrift, makeBatch } from "@/lib/testing/builders";
import {
  begin,
  boundary,
  count,
  end,
  expectNothing,
  header,
  makePlace,
  part,
  type Said,
  scope,
  send,
  upload,
} from "@/lib/testing/uploads";

withApi();
beforeEach(makePlace);

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
    [
      "a thousand files",
      Array.from({ length: 1000 }, (_, n) => part("upFile", good.replace("GOOD-1", `GOOD-${n}`))).join("") + end,
      /one file alone/,
    ],
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
