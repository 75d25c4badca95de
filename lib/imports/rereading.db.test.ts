import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { columnChoices } from "@/lib/imports/choices";
import { commitImport } from "@/lib/imports/commands";
import { getImport, type ImportDetail, listProblems, listSamples } from "@/lib/imports/queries";
import { rereadImport, takeUpload } from "@/lib/imports/rereading";
import { openQuestion } from "@/lib/imports/rules";
import type { RereadInput } from "@/lib/imports/schema";
import { admitted, makeCampaign } from "@/lib/testing/builders";
import { sweep } from "@/lib/testing/work";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

async function* pieces(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === "string" ? new TextEncoder().encode(part) : part;
}

async function found(importId: string): Promise<ImportDetail> {
  const detail = await getImport(admitted(scope), importId);
  if (!detail) throw new Error("no such import");
  return detail;
}

const upload = async (...parts: (string | Uint8Array)[]) =>
  found(await takeUpload(admitted(scope), { name: "codes.csv", body: pieces(...parts) }));
const reread = async ({ id }: ImportDetail, asked: Omit<RereadInput, "importId" | keyof CampaignIds>) =>
  found((await rereadImport(admitted(scope), { importId: id, ...asked })).importId);

const codes = () =>
  db.referral.findMany({
    where: scope,
    orderBy: { code: "asc" },
    select: {
      code: true,
      advocateIntegrationId: true,
      usageLimit: true,
      validFrom: true,
      validUntil: true,
      attributes: true,
    },
  });

const advocate = "advocateprofileintegrationid";

describe("columns that nobody knows", () => {
  it("are asked for, said, remembered, and then known", async () => {
    const file = "Kürzel;Wer;Stufe;Bemerkung\nAAAA-1;ann;gold;x\nBBBB-1;ben;;\n";
    const first = await upload(file);
    expect(openQuestion(first)).toBe("columns");
    expect(first).toMatchObject({
      rowCount: 2,
      failedCount: 2,
      reading: { fields: [null, null, null, null], unsure: [0, 1, 2, 3] },
    });
    expect(await listSamples(admitted(scope), first)).toEqual([
      ["AAAA-1", "ann", "gold", "x"],
      ["BBBB-1", "ben", "", ""],
    ]);
    const fields = ["code", advocate, "attributes.tier", null];
    const second = await reread(first, { fields });
    expect(openQuestion(second)).toBeNull();
    expect(second).toMatchObject({
      rowCount: 2,
      failedCount: 0,
      reading: { fields, unsure: [] },
      fileSize: first.fileSize,
    });
    expect(second.leftOut).toEqual([{ column: "Bemerkung", values: 1 }]);
    expect(await getImport(admitted(scope), first.id)).toBeNull();
    expect(await db.importRow.count({ where: { applicationId: scope.applicationId } })).toBe(2);

    const again = await upload(file.replaceAll("-1", "-2"));
    expect(again).toMatchObject({ failedCount: 0, reading: { fields, unsure: [] } });
    await commitImport(admitted(scope), { importId: second.id });
    expect((await codes()).map(({ code, attributes }) => [code, attributes])).toEqual([
      ["AAAA-1", { tier: "gold" }],
      ["BBBB-1", {}],
    ]);
    const stranger = await makeCampaign();
    expect((await columnChoices(admitted(stranger))).size).toBe(0);
  });

  it("are remembered in a bounded number, the longest unused make room", async () => {
    for (let file = 0; file < 7; file += 1) {
      const names = Array.from({ length: 90 }, (_, column) => `old ${file} ${column}`);
      const taken = await upload(`code,${advocate},${names.join()}\nAAAA-1,ann${",".repeat(90)}\n`);
      await reread(taken, { fields: ["code", advocate, "startdate", ...Array(89).fill(null)] });
    }
    const choices = await columnChoices(admitted(scope));
    expect(choices.size).toBe(500);
    expect(choices.get("old 6 0")).toBe("startdate");
  });

  it("can be a first row, where the file names none", async () => {
    const first = await upload("AAAA-1\tann\t5\nBBBB-1\tben\t6\n");
    const second = await reread(first, { fields: ["code", advocate, "limitval"], namesAreRow: true });
    expect(second).toMatchObject({ rowCount: 2, failedCount: 0, columns: ["Column 1", "Column 2", "Column 3"] });
    await commitImport(admitted(scope), { importId: second.id });
    expect((await codes()).map(({ code, usageLimit }) => [code, usageLimit])).toEqual([
      ["AAAA-1", 5],
      ["BBBB-1", 6],
    ]);
    expect((await columnChoices(admitted(scope))).size).toBe(0);
  });

  it.each<[string, (string | null)[], string]>([
    ["twice", ["code", advocate, "code"], "field_twice"],
    ["that there is not", ["code", advocate, "attributes.none"], "field_unknown"],
    ["too few", ["code", advocate], "fields_other"],
    ["without the code", [null, advocate, null], "fields_missing"],
  ])("said %s are refused at their field, and nothing changes", async (_, fields, reason) => {
    const first = await upload("a,b,c\nAAAA-1,ann,\n");
    const refused = await rereadImport(admitted(scope), { importId: first.id, fields }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(DomainError);
    expect((refused as DomainError).problems).toMatchObject([
      { reason: { reason }, field: expect.arrayContaining(["fields"]) },
    ]);
    expect((await found(first.id)).rowCount).toBe(1);
    expect(await db.import.count({ where: scope })).toBe(1);
  });
});

describe("attributes", () => {
  it("stand in columns of their own beside the JSON, each by its type", async () => {
    const names = `code,${advocate},attributes,attributes.tier,attr.vip,Points,tags`;
    const detail = await upload(
      `${names}\nAAAA-1,ann,"{""points"":3}",gold,yes,3,"a, b"\nBBBB-1,ben,"{""vip"":true}",,,2.5,"[""a,b""]"\nCCCC-1,eva,,,No,,\n`,
    );
    expect((await listProblems(admitted(scope), detail)).problems).toEqual([]);
    await commitImport(admitted(scope), { importId: detail.id });
    expect((await codes()).map(({ attributes }) => attributes)).toEqual([
      { tier: "gold", vip: true, points: 3, tags: ["a", "b"] },
      { vip: true, points: 2.5, tags: ["a,b"] },
      { vip: false },
    ]);
  });

  it("that do not fit, or are two things at once, are refused at their column", async () => {
    const detail = await upload(
      `code,${advocate},attributes,tier,vip,points\nAAAA-1,ann,"{""points"":3}",tin,maybe,4\nBBBB-1,ben,"{""points"":""x""}",gold,,\n`,
    );
    const { problems } = await listProblems(admitted(scope), detail);
    expect(problems.map(({ line, column, value, reason }) => [line, column, value, reason.reason])).toEqual([
      [2, "points", "4", "row_attribute_twice"],
      [2, "tier", "tin", "value_not_allowed"],
      [2, "vip", "maybe", "boolean_missing"],
      [3, "attributes", '{"points":"x"}', "value_type"],
    ]);
  });
});

describe("dates as people write them", () => {
  const header = `code,${advocate},start date,expirydate\n`;
  const bounds = async () =>
    (await codes()).map(({ validFrom, validUntil }) => [validFrom?.toISOString(), validUntil?.toISOString()]);

  it("are read in the order that one of them proves, wherever it stands", async () => {
    const many = Array.from({ length: 1500 }, (_, row) => `AAAA-${String(row).padStart(4, "0")},ann,3/4/2026,\n`).join(
      "",
    );
    const detail = await upload(header, many, "ZZZZ-1,ann,3/4/2026,13/4/2026\n");
    expect(detail).toMatchObject({ rowCount: 1501, failedCount: 0, reading: { order: "day", dates: { either: 0 } } });
    await commitImport(admitted(scope), { importId: detail.id });
    // 3 April begins at 22:00 of the day before in UTC, 13 April counts whole
    expect((await bounds()).at(-1)).toEqual(["2026-04-02T22:00:00.000Z", "2026-04-13T22:00:00.000Z"]);
    expect(await db.import.count({ where: scope })).toBe(1);
  });

  it("are asked for where nothing decides, and can be asked again", async () => {
    const first = await upload(header, "AAAA-1,ann,3/4/2026 14:30,5.6.2026\nBBBB-1,ben,,2026-12-31\n");
    expect(openQuestion(first)).toBe("dates");
    expect(first).toMatchObject({ failedCount: 1, reading: { order: null, dates: { either: 1 } } });
    const example = { text: "3/4/2026 14:30", day: "3 Apr 2026", month: "4 Mar 2026" };
    const month = await reread(first, { order: "month" });
    expect(month).toMatchObject({
      failedCount: 0,
      reading: { order: "month", dates: { example, read: { text: example.text } } },
    });
    const day = await reread(month, { order: "day" });
    expect(openQuestion(day)).toBeNull();
    await commitImport(admitted(scope), { importId: day.id });
    expect(await bounds()).toEqual([
      ["2026-04-03T12:30:00.000Z", "2026-06-05T22:00:00.000Z"],
      [undefined, "2026-12-31T23:00:00.000Z"],
    ]);
  });

  it("of both orders are each read as the only one they can be; in a given order the others are refused", async () => {
    const both = await upload(header, "AAAA-1,ann,13/4/2026,\nBBBB-1,ben,4/13/2026,\n");
    expect(both).toMatchObject({ failedCount: 0, reading: { dates: { day: 1, month: 1, either: 0 } } });
    const mixed = await upload(header, "AAAA-1,ann,13/4/2026,\nBBBB-1,ben,4/13/2026,\nCCCC-1,eva,3/4/2026,\n");
    expect(openQuestion(mixed)).toBe("dates");
    const worse = await upload(header, "AAAA-1,ann,3/4/2026,\nx,ben,,\n");
    expect(openQuestion(worse)).toBeNull(); // its good rows can be imported, and the date is asked beside
    const { failedCount, causes } = await reread(mixed, { order: "month" });
    expect([failedCount, causes]).toEqual([1, [{ cause: "date", count: 1 }]]);
  });
});

describe("letters that are assumed", () => {
  const polish = Buffer.from([
    ...Buffer.from(`code,${advocate},note\nAAAA-1,`),
    0xb3,
    0xf3,
    0x64,
    0x9f,
    0x2c,
    0x78,
    0x0a,
  ]); // łódź
  it("can be said to be others; a file of UTF-8 cannot", async () => {
    const first = await upload(polish);
    expect(first.reading.encoding).toBe("windows-1252");
    const second = await reread(first, { encoding: "windows-1250" });
    expect(second.reading.encoding).toBe("windows-1250");
    await commitImport(admitted(scope), { importId: second.id });
    expect((await codes()).map((one) => one.advocateIntegrationId)).toEqual(["łódź"]);
    const plain = await upload(`code,${advocate}\nBBBB-1,łódź\n`);
    await expect(rereadImport(admitted(scope), { importId: plain.id, encoding: "macintosh" })).rejects.toThrow(/UTF-8/);
  });
});

describe("letters that are said after the columns", () => {
  const upload1252 = (names: string) => upload(Buffer.from(`${names}\nAAAA-1,J\xf3zef,2026-12-31,x\n`, "latin1"));

  it("leave what was said of them as it was, also where their names are others now", async () => {
    const first = await upload1252(`code,${advocate},expirydate,\xceld end`);
    const left = await reread(first, { fields: ["code", advocate, null, null] });
    expect((await reread(left, { encoding: "windows-1250" })).reading).toMatchObject({
      fields: ["code", advocate, null, null],
      unsure: [],
    });
    const second = await upload1252(`code,${advocate},expirydate,\xceld end`);
    const moved = await reread(second, { fields: ["code", advocate, null, "expirydate"] });
    expect((await reread(moved, { encoding: "windows-1251" })).reading.fields).toEqual(moved.reading.fields);
  });

  it("show which columns the names mean that can be read now", async () => {
    const first = await upload1252(`code,${advocate},G\x9fltig bis,note`);
    expect(first.reading).toMatchObject({ fields: ["code", advocate, null, null], unsure: [2, 3] });
    expect((await reread(first, { encoding: "macintosh" })).reading).toMatchObject({
      fields: ["code", advocate, "expirydate", null],
      unsure: [2, 3],
    });
  });
});

describe("a file that is read again", () => {
  it("has the same rows, problems and lines, whatever is wrong with them", async () => {
    const wrong = 'CC"CC,eva,z\n"DDDD-1"x,ida,\nEEEE-1\nFFFF-1,uwe,"a\nb"\nAAAA-1,ann,1,2\n"BBBB-1,ben,y\n';
    const file = `code,${advocate},note\n\nAAAA-1,ann,x\n${wrong}`;
    const first = await upload(file);
    const told = await listProblems(admitted(scope), first);
    const second = await reread(first, { fields: ["code", advocate, null] });
    expect(await listProblems(admitted(scope), second)).toEqual(told);
    const { id: _, created: __, reading: ___, ...facts } = first;
    expect(second).toMatchObject(facts);
  });

  it("is not one that was imported, discarded or of another campaign", async () => {
    const detail = await upload(`code,${advocate}\nAAAA-1,ann\n`);
    const stranger = await makeCampaign();
    await expect(rereadImport(admitted(stranger), { importId: detail.id })).rejects.toThrow(/not there any more/);
    await commitImport(admitted(scope), { importId: detail.id });
    await expect(reread(detail, {})).rejects.toThrow(/imported already/);
    await sweep();
    expect(await db.import.count({ where: scope })).toBe(1);
  });
});
