import { setTimeout } from "node:timers/promises";
import { crc32, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { linkOf } from "@/lib/campaigns/links";
import { searchKey } from "@/lib/codes/folding";
import { tidied } from "@/lib/codes/rules";
import { db, pool } from "@/lib/db";
import { commitImport } from "@/lib/imports/commands";
import { listProblems } from "@/lib/imports/queries";
import { stageImport } from "@/lib/imports/staging";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { exportColumns, formatRow, formulaStarts, safeCell } from "@/lib/referrals/csv";
import { type ExportRequest, exportReferrals } from "@/lib/referrals/export";
import { exportFileName } from "@/lib/referrals/export-name";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { hostileText } from "@/lib/testing/hostile";
import { sheetOf, sheetText, uploadedSheet } from "@/lib/testing/sheets";
import { parseZoned } from "@/lib/zone";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const time = { now: new Date("2026-11-22T14:03:05.120Z"), zone: "Europe/Berlin" };
const request = (filter: ReferralFilter, more: Partial<ExportRequest> = {}): ExportRequest => ({
  filter,
  sort: "-created",
  format: "csv",
  columns: null,
  attributes: [],
  linkPattern: "",
  ...time,
  ...more,
});
/** The signal of a reader who stays. */
const stays = () => new AbortController().signal;
const exported = async (filter: ReferralFilter = {}, more: Partial<ExportRequest> = {}) =>
  // not text(), which takes the byte order mark off
  Buffer.from(
    await new Response(await exportReferrals(admitted(scope), request(filter, more), stays())).arrayBuffer(),
  ).toString();

const manyCodes = () =>
  makeBatch(
    scope,
    Array.from({ length: 20_000 }, () => ({})),
  );

/** Every export has ended, and its connection is back or closed. */
async function expectAllEnded(): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await pool.query<{ busy: string }>(
        "SELECT count(*) AS busy FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%' AND state = 'active'",
      );
      return rows[0]?.busy;
    })
    .toBe("0");
  expect(pool.idleCount).toBe(pool.totalCount);
}

interface Made {
  code: string;
  advocate: string;
  friend: string | null;
  limit: number;
  from: Date | null;
  until: Date | null;
  attributes: object;
}

/** Stores codes as they are, past every rule of the application but the database's own. */
async function store(rows: Made[]): Promise<void> {
  for (const row of rows) {
    await pool.query(
      `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id,
         friend_integration_id, usage_limit, valid_from, valid_until, attributes, origin)
       VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, 'created')`,
      [
        scope.applicationId,
        scope.campaignId,
        row.code,
        searchKey(row.code),
        row.advocate,
        row.friend,
        row.limit,
        row.from?.toISOString(),
        row.until?.toISOString(),
        JSON.stringify(row.attributes),
      ],
    );
  }
}

const listed = async () =>
  (await db.referral.findMany({ where: scope, orderBy: { code: "asc" } })).map((row) => [
    row.code,
    row.advocateIntegrationId,
    row.usageLimit,
    row.validFrom,
    row.validUntil,
    row.attributes,
  ]);

const integrationId = hostileText.map(tidied).filter((text) => text.length > 0); // as every way in leaves them
const instant = (min: string, max: string) =>
  fc.option(fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true }), { nil: null });
const code = fc
  .tuple(fc.constantFrom("", "-", "+", "@", "--"), fc.stringMatching(/^[A-Z0-9ÉÜ字._%+@#-]{4,20}$/))
  .map((parts) => parts.join(""));
const table = fc.uniqueArray(
  fc.record({
    code,
    advocate: integrationId,
    friend: fc.option(integrationId, { nil: null }),
    limit: fc.integer({ min: 0, max: 999_999 }),
    from: instant("1900-01-01T00:00:00Z", "2026-06-01T00:00:00Z"),
    until: instant("2026-06-02T00:00:00Z", "9999-12-31T00:00:00Z"),
    attributes: fc.record(
      {
        vip: fc.boolean(),
        points: fc.double({ noNaN: true, noDefaultInfinity: true }),
        tags: fc.array(hostileText, { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
  }),
  { selector: (row) => row.code, minLength: 1, maxLength: 12 },
);

describe("an export", () => {
  it("has Talon.One's header and forms; nothing found is the header alone", async () => {
    const head =
      "id,created,campaignid,advocateprofileintegrationid,friendprofileintegrationid,startdate,expirydate,code,importid,attributes,batchid,counter,limitval";
    expect(exportColumns.join(",")).toBe(head);
    expect(await exported()).toBe(`${head}\n`);
    const { batchId, ids } = await makeBatch(scope, [
      {
        code: "PLAIN-1",
        usageLimit: 0,
        usageCounter: 3,
        validFrom: "2030-01-31T09:05:27Z",
        validUntil: "2030-01-31T09:05:27.993Z",
      },
      { code: "-SAFE-2", attributes: { vip: true, tier: "gold" } },
    ]);
    await pool.query("UPDATE referral SET created = '2026-11-22T14:03:05.999Z' WHERE application_id = $1", [
      scope.applicationId,
    ]);
    const c = scope.campaignId;
    expect((await exported()).split("\n").slice(1)).toEqual([
      `${ids[1]},2026-11-22T14:03:05Z,${c},cust_2,,,,'-SAFE-2,,"{""vip"": true, ""tier"": ""gold""}",${batchId},0,10`,
      `${ids[0]},2026-11-22T14:03:05Z,${c},cust_1,,2030-01-31T09:05:27Z,2030-01-31T09:05:27.993Z,PLAIN-1,,"{}",${batchId},3,0`,
      "",
    ]);
  });

  it("holds what the list shows: by batch, by search, of this campaign alone", async () => {
    const one = await makeBatch(scope, [{ code: "ALPHA-1" }, { code: "BETA-12" }]);
    await makeBatch(scope, [{ code: "ALPHA-12" }]);
    const found = async (filter: ReferralFilter) =>
      (await exported(filter))
        .split("\n")
        .slice(1, -1)
        .map((row) => row.split(",")[7]);
    expect(await found({})).toEqual(["ALPHA-12", "BETA-12", "ALPHA-1"]);
    expect(await found({ batch: one.batchId })).toEqual(["BETA-12", "ALPHA-1"]);
    expect(await found({ search: "a-12" })).toEqual(["ALPHA-12", "BETA-12"]);
    expect(await found({ search: "alpha", batch: one.batchId })).toEqual(["ALPHA-1"]);
    expect(await found({ search: "' OR 1=1 --", batch: "'; DROP" })).toEqual([]);
    scope = await makeCampaign();
    expect(await found({ batch: one.batchId })).toEqual([]);
  });

  it("gives its connection back, also when the reader goes away", async () => {
    await manyCodes();
    for (let attempt = 0; attempt < 24; attempt += 1) {
      const reader = (await exportReferrals(admitted(scope), request({}), stays())).getReader();
      await reader.read();
      await reader.cancel();
    }
    expect((await exported()).split("\n")).toHaveLength(20_002);
    await expectAllEnded();
  });

  it("ends where its reader is gone, though nobody reads or cancels it", async () => {
    await manyCodes();
    for (let attempt = 0; attempt < 15; attempt += 1) {
      const format = (["csv", "xlsx", "codes"] as const)[attempt % 3];
      const reader = new AbortController();
      const begun = exportReferrals(admitted(scope), request({}, { format }), reader.signal);
      if (attempt < 6) await begun;
      else await setTimeout(attempt - 6); // before the first rows, or a little after
      reader.abort("gone");
      await begun.catch((error) => expect(error).toBe("gone"));
    }
    await expect(exportReferrals(admitted(scope), request({}), AbortSignal.abort("gone"))).rejects.toBe("gone");
    expect((await exported()).split("\n")).toHaveLength(20_002);
    await expectAllEnded();
  });

  it.each(["csv", "xlsx"] as const)(
    "fails, and nothing else does, when a %s file loses its connection",
    async (format) => {
      await manyCodes();
      const body = await exportReferrals(admitted(scope), request({}, { format }), stays());
      await pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'",
      );
      await expect(new Response(body).arrayBuffer()).rejects.toThrow();
      expect((await exported({}, { format: "codes" })).split("\n")).toHaveLength(20_001);
      await expectAllEnded();
    },
  );

  it("escapes in SQL exactly as csv.ts does", async () => {
    await fc.assert(
      fc.asyncProperty(integrationId, async (text) => {
        const { rows } = await pool.query<{ id: string }>(
          `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin)
           VALUES ($1, $2, 'TEXT', 'TEXT', 'text', $3, 1, 'created')
           ON CONFLICT (application_id, code_key) DO UPDATE SET advocate_integration_id = $3 RETURNING id`,
          [scope.applicationId, scope.campaignId, text],
        );
        const body = (await exported()).slice(exportColumns.join(",").length + 1);
        expect(body.slice(0, rows[0]?.id.length)).toBe(rows[0]?.id);
        const written = body.slice(body.indexOf(`,${scope.campaignId},`) + String(scope.campaignId).length + 2);
        expect(written.slice(0, written.lastIndexOf(",,,,TEXT,"))).toBe(formatRow([safeCell(text)]));
      }),
      { numRuns: 60, examples: [...formulaStarts].flatMap((start) => [[`${start}1`], [`''${start}`], [`'x${start}`]]) },
    );
  });

  it("that is made to be changed, uploaded as it is, changes nothing, whatever the codes hold", async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        scope = await makeCampaign();
        await store(rows);
        const file = await uploadedSheet(scope, sheetText(await sheetOf(scope)));
        const { problems } = await listProblems(admitted(scope), file);
        expect(problems).toEqual([]);
        expect(file).toMatchObject({ rowCount: rows.length, reading: { changes: { rows: 0, cells: 0 } } });
      }),
      { numRuns: 25 },
    );
  });

  it("deleted and imported again gives the same list", async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        scope = await makeCampaign();
        await store(rows);
        const before = await listed();
        const file = await exported();
        const ids = (await db.referral.findMany({ where: scope, select: { id: true } })).map(({ id }) => String(id));
        const plan = await planDelete(admitted(scope), { selection: { by: "ids", ids }, keepRedeemed: false });
        await applyPlan(admitted(scope), { planId: plan.planId });
        expect(await listed()).toEqual([]);

        const body = new Response(file).body;
        if (!body) throw new Error("no body");
        const importId = await stageImport(admitted(scope), { name: "export.csv", body });
        await commitImport(admitted(scope), { importId });
        expect(await listed()).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });
});

/** The files in a ZIP archive, by what its directory at the end says of them. */
function unzip(archive: Buffer): Map<string, string> {
  const end = archive.length - 22;
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [crc, packed, size] = [16, 20, 24].map((offset) => archive.readUInt32LE(at + offset));
    const [named, offset] = [archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const name = archive.toString("utf8", at + 46, at + 46 + named);
    const data = inflateRawSync(archive.subarray(offset + 30 + named, offset + 30 + named + (packed ?? 0)));
    expect([data.length, crc32(data)]).toEqual([size, crc]);
    files.set(name, data.toString());
    at += 46 + named;
  }
  return files;
}

/** The cells of a sheet, row by row: text as text, numbers as numbers, empty ones null. */
function cellsOf(sheet: string): (string | number | null)[][] {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">" };
  const text = (xml: string) =>
    xml
      .replace(/&(#\d+|\w+);/g, (_, name: string) => entities[name] ?? String.fromCodePoint(Number(name.slice(1))))
      .replace(/_x005F_/g, "_");
  return [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
    [...(row ?? "").matchAll(/<c\/>|<c><v>(.*?)<\/v><\/c>|<c t="inlineStr"><is><t[^>]*>(.*?)<\/t><\/is><\/c>/gs)].map(
      ([, number, written]) => (number !== undefined ? Number(number) : written === undefined ? null : text(written)),
    ),
  );
}

describe("a view's columns", () => {
  const awkward = [
    "=1+1",
    "0012",
    "a<b>&c",
    "tab\tline\nend\r",
    "back\\slash",
    "_x0041_",
    'quote"s, and ;',
    "友だち",
    "-7",
  ];

  it("stand in the file in their order, with times on the clocks of the zone", async () => {
    await makeBatch(scope, [
      {
        code: "VIEW-1",
        usageLimit: 0,
        usageCounter: 2,
        validUntil: "2030-01-30T23:00:00Z",
        attributes: { tier: "gold", tags: ["a", "b"], vip: true },
      },
    ]);
    await pool.query(
      "UPDATE referral SET created = '2026-07-01T12:00:00Z', advocate_integration_id = '=1+1' WHERE application_id = $1",
      [scope.applicationId],
    );
    const columns = [
      "attr.tier",
      "attr.tags",
      "code",
      "redemptions",
      "status",
      "advocate",
      "created",
      "validFrom",
      "validUntil",
      "attr.nosuch",
    ] as const;
    const attributes = [
      { name: "tier", title: "=Tier", type: "string" as const },
      { name: "tags", title: "", type: "(list string)" as const },
    ];
    expect((await exported({}, { columns, attributes })).split("\n")).toEqual([
      "\uFEFF'=Tier,tags,Code,Redemptions,Redemption limit,Status,Advocate's Integration ID,Created (Europe/Berlin),Valid from (Europe/Berlin),Valid until (Europe/Berlin),nosuch",
      `gold,"[""a"", ""b""]",VIEW-1,2,unlimited,active,'=1+1,2026-07-01 14:00:00,,2030-01-30,`,
      "",
    ]);
  });

  it("hold dates that mean in a form what they mean on the screen", async () => {
    const instants = [
      "2026-11-30T23:00:00Z",
      "2026-11-30T22:59:59.999Z",
      "2026-12-31T13:30:00Z",
      "2026-10-25T00:30:00Z",
      "2026-10-25T01:30:00Z",
      "2026-11-01T04:00:00Z",
      "2026-11-01T05:00:00Z",
      "2026-04-23T22:00:00Z",
      "2011-12-30T10:00:00Z",
      "9999-12-31T23:59:59Z",
      "2026-04-04T15:15:00Z",
      "1900-01-01T00:00:00Z",
    ];
    await makeBatch(
      scope,
      instants.flatMap((at, index) => [
        { code: `FROM-${10 + index}`, validFrom: at },
        { code: `UNTIL-${10 + index}`, validUntil: at },
      ]),
    );
    for (const zone of [
      "Europe/Berlin",
      "America/Havana",
      "Africa/Cairo",
      "Pacific/Apia",
      "Australia/Lord_Howe",
      "UTC",
    ]) {
      const text = await exported({}, { columns: ["validFrom", "validUntil"], sort: "code", zone });
      const rows = text
        .trim()
        .split("\n")
        .slice(1)
        .map((row) => row.split(","));
      const read = [
        ...rows.slice(0, instants.length).map(([from = ""]) => parseZoned(from, zone, "start")),
        ...rows.slice(instants.length).map(([, until = ""]) => parseZoned(until, zone, "end")),
      ];
      expect(read, zone).toEqual([...instants, ...instants].map((at) => new Date(at)));
    }
  });

  it("are those of a range up to the last day there is", async () => {
    await makeBatch(scope, [{ code: "NEVER-1", validUntil: "9999-12-31T23:59:59Z" }, { code: "SOON-1" }]);
    const validUntil = { from: "2026-01-01", to: "9999-12-31" };
    for (const zone of ["UTC", "America/New_York", "Asia/Kolkata"])
      expect(await exported({ validUntil }, { format: "codes", zone })).toBe("NEVER-1\n");
  });

  it("keep a name of 100 characters, and numbers as they are", async () => {
    const long = [1, 2].map((n) => "a".repeat(99) + n);
    const values = { [long[0] as string]: -5, [long[1] as string]: "-5", list: [-1] };
    await makeBatch(scope, [{ attributes: values }, { attributes: { [long[0] as string]: "=1" } }]);
    const columns = [...long, "list"].map((name) => `attr.${name}` as const);
    expect(await exported({}, { columns, sort: "created" })).toBe(`\uFEFF${long.join()},list\n-5,'-5,[-1]\n'=1,,\n`);
  });

  it("are in the order of the list", async () => {
    await makeBatch(scope, [{ code: "B-CODE" }, { code: "A-CODE" }, { code: "C-CODE" }]);
    expect(await exported({}, { format: "codes", sort: "code" })).toBe("A-CODE\nB-CODE\nC-CODE\n");
    expect(await exported({ search: "b-c" }, { format: "codes" })).toBe("B-CODE\n");
  });

  it("keep every text in XLSX as it is: no formula, no lost zero", async () => {
    await store(
      awkward.map((advocate, n) => ({
        code: `00${n}=`.replace("=", "-1"),
        advocate,
        friend: null,
        limit: 3,
        from: null,
        until: null,
        attributes: {},
      })),
    );
    const columns = ["code", "advocate", "friend", "redemptions"] as const;
    const body = await exportReferrals(
      admitted(scope),
      request({}, { format: "xlsx", columns, sort: "code" }),
      stays(),
    );
    const files = unzip(Buffer.from(await new Response(body).arrayBuffer()));
    expect([...files.keys()].sort()).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/_rels/workbook.xml.rels",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
    ]);
    expect(cellsOf(files.get("xl/worksheets/sheet1.xml") ?? "")).toEqual([
      ["Code", "Advocate's Integration ID", "Friend's Integration ID", "Redemptions", "Redemption limit"],
      ...awkward.map((advocate, n) => [`00${n}-1`, advocate, null, 0, "3"]),
    ]);
  });
});

it("is named after campaign, filter, format, time and zone, in letters, digits and dashes", () => {
  const name = (
    campaign: string,
    filter: ReferralFilter = {},
    format: ExportRequest["format"] = "csv",
    columns: string[] | null = null,
  ) => exportFileName({ id: 7, name: campaign }, { filter, format, columns, ...time });
  expect(name("Refer a friend", { batch: "tqyrgahe" }, "xlsx")).toBe(
    "referrals-refer-a-friend-batch-tqyrgahe-20261122T1503-europe-berlin.xlsx",
  );
  expect(name('Été\r\n"../; x', { search: "ab字", attributes: { tier: { oneOf: ["gold"] } } })).toBe(
    "referrals-ete-x-search-ab-tier-is-gold-20261122T1503-europe-berlin.csv",
  );
  expect(name("Winter", {}, "csv", ["code"])).toBe("referrals-list-winter-20261122T1503-europe-berlin.csv");
  expect(name("冬", {}, "codes")).toBe("codes-campaign-7-20261122T1503-europe-berlin.txt");
});

describe("what advocates are sent", () => {
  const linkPattern = "https://shop.example/it's/?ref={code}&again={code}";

  it("is the link of each code, as the browser writes it, whatever the code holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(code, { minLength: 1, maxLength: 8 }), async (codes) => {
        scope = await makeCampaign();
        const common = { advocate: "a", friend: null, limit: 1, from: null, until: null, attributes: {} };
        await store(codes.map((code) => ({ ...common, code })));
        const links = (await exported({}, { format: "links", sort: "code", linkPattern })).trimEnd().split("\n");
        const stored = (await db.referral.findMany({ where: scope })).map((row) => linkOf(linkPattern, row.code));
        expect(links.sort()).toEqual(stored.sort());
      }),
      { numRuns: 25 },
    );
  });

  it("is a row for a mail: advocate, code, link, end and every attribute by its title", async () => {
    const attributes = [{ name: "tier", title: "Tier", type: "string" as const }];
    const until = new Date("2026-12-31T23:00:00Z");
    const made = { code: "CODE-1", advocate: "=ann", friend: null, limit: 1, from: null, until };
    await store([{ ...made, attributes: { tier: "gold" } }]);
    const merge = (pattern: string) => exported({}, { format: "merge", attributes, linkPattern: pattern });
    expect(await merge("https://shop.example/{code}")).toBe(
      "\uFEFFAdvocate's Integration ID,Code,Link,Valid until (Europe/Berlin),Tier\n'=ann,CODE-1,https://shop.example/CODE-1,2026-12-31,gold\n",
    );
    expect(await merge("")).toBe(
      "\uFEFFAdvocate's Integration ID,Code,Valid until (Europe/Berlin),Tier\n'=ann,CODE-1,2026-12-31,gold\n",
    );
  });
});
