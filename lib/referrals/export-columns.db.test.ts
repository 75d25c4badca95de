import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { linkOf } from "@/lib/campaigns/links";
import { db, pool } from "@/lib/db";
import { type ExportRequest, exportReferrals } from "@/lib/referrals/export";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { exportedFrom, request, someCode, stays, store } from "@/lib/testing/exports";
import { cellsOf, unzip } from "@/lib/testing/xlsx";
import { parseZoned } from "@/lib/zone";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const exported = (filter?: ReferralFilter, more?: Partial<ExportRequest>) => exportedFrom(scope, filter, more);

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
      scope,
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

describe("what advocates are sent", () => {
  const linkPattern = "https://shop.example/it's/?ref={code}&again={code}";

  it("is the link of each code, as the browser writes it, whatever the code holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(someCode, { minLength: 1, maxLength: 8 }), async (codes) => {
        scope = await makeCampaign();
        const common = { advocate: "a", friend: null, limit: 1, from: null, until: null, attributes: {} };
        await store(
          scope,
          codes.map((code) => ({ ...common, code })),
        );
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
    await store(scope, [{ ...made, attributes: { tier: "gold" } }]);
    const merge = (pattern: string) => exported({}, { format: "merge", attributes, linkPattern: pattern });
    expect(await merge("https://shop.example/{code}")).toBe(
      "\uFEFFAdvocate's Integration ID,Code,Link,Valid until (Europe/Berlin),Tier\n'=ann,CODE-1,https://shop.example/CODE-1,2026-12-31,gold\n",
    );
    expect(await merge("")).toBe(
      "\uFEFFAdvocate's Integration ID,Code,Valid until (Europe/Berlin),Tier\n'=ann,CODE-1,2026-12-31,gold\n",
    );
  });
});
