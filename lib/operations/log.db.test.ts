import { beforeAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { listDb, pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { type LogEntry, listActors, readLog } from "@/lib/operations/log";
import { editChangesField } from "@/lib/operations/schema";
import { allOperations, type OperationList } from "@/lib/operations/search-params";
import { planUndo } from "@/lib/operations/undo";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";

const reading = { timeZone: "Europe/Berlin", caseRule: "insensitive-uppercase" } as const;

const read = (scope: CampaignIds, asked: Partial<OperationList> = {}, size = 50, timeZone: string = reading.timeZone) =>
  readLog(admitted(scope), { ...allOperations, ...asked }, { ...reading, timeZone }, size);

/** An operation in the log, made without its codes. */
interface Made {
  at: string;
  single: boolean;
  by?: string;
}

async function make(scope: CampaignIds, made: Made[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor_kind, actor_id, actor_name, matched, changed, planned, applied)
     SELECT $1, $2, CASE WHEN m.single THEN 'create' ELSE 'edit' END, CASE WHEN m.single THEN 'create' ELSE 'edit' END, 'applied', 'person',
       'p', coalesce(m.by, 'Anna'), CASE WHEN m.single THEN 1 ELSE 5 END, 1, m.at, m.at
     FROM ROWS FROM (jsonb_to_recordset($3::jsonb) AS (at timestamptz, single boolean, by text)) WITH ORDINALITY AS m (at, single, by, n)
     ORDER BY n RETURNING id`,
    [scope.applicationId, scope.campaignId, JSON.stringify(made)],
  );
  return rows.map(({ id }) => id);
}

/** What a line says, in short: an operation's id, or a day with its count. */
const told = (entry: LogEntry) => (entry.singles ? `${entry.singles.day} ${entry.singles.count}` : entry.operation.id);

/** The log as plain JavaScript has it. */
function expected(made: Made[], ids: string[], timeZone: string): string[] {
  const dayOf = (at: string) => new Date(at).toLocaleDateString("sv-SE", { timeZone });
  const all = made.map((one, index) => {
    return { ...one, id: Number(ids[index]), time: Date.parse(one.at), day: dayOf(one.at) };
  });
  all.sort((a, b) => b.time - a.time || b.id - a.id);
  return all.flatMap((one) => {
    if (!one.single) return [String(one.id)];
    const same = all.filter(({ single, day }) => single && day === one.day);
    if (same.length === 1) return [String(one.id)];
    return same[0] === one ? [`${one.day} ${same.length}`] : [];
  });
}

describe("the log", () => {
  // clocks of the Azores are turned back at one o'clock, to a second midnight
  it.each(["Europe/Berlin", "Atlantic/Azores"])(
    "has single creations together by their day in %s, and is the same by pages of any size",
    async (zone) => {
      const scope = await makeCampaign();
      let seed = 7;
      const random = (below: number) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return seed % below;
      };
      // few different moments, so that many are alike, around midnight and the change of the clocks
      const made = Array.from({ length: 300 }, () => ({
        at: new Date(Date.UTC(2026, 9, 23, 0, 30 * random(240))).toISOString(),
        single: random(3) > 0,
      }));
      const ids = await make(scope, made);
      const whole = expected(made, ids, zone);
      for (const size of [1, 3, 50, 200]) {
        const walked: string[] = [];
        for (let before: string | null = null; ; ) {
          const page = await read(scope, { before }, size, zone);
          walked.push(...page.entries.map(told));
          if (page.next === null) break;
          before = page.next;
        }
        expect(walked, `pages of ${size}`).toEqual(whole);
      }
      const day = whole.find((line) => line.includes(" "))?.slice(0, 10) ?? "";
      const each = await read(scope, { singles: day }, 100, zone);
      expect(each.entries.every(({ operation }) => operation?.kind === "create")).toBe(true);
      expect(`${day} ${each.entries.length}`).toBe(whole.find((line) => line.startsWith(day)));
    },
  );

  it("takes two statements, whatever it holds and asks", async () => {
    const scope = await makeCampaign();
    let statements = 0;
    listDb.$on("query", () => {
      statements += 1;
    });
    const taken: number[] = [];
    for (const many of [1, 60]) {
      await make(
        scope,
        Array.from({ length: many }, (_, index) => ({
          at: `2026-11-${10 + (index % 9)}T10:00:00Z`,
          single: index % 2 > 0,
        })),
      );
      for (const asked of [
        {},
        { by: "anna", kind: "edit" },
        { code: "X", batch: "abcdefgh", from: "2026-11-01" },
      ] as const) {
        const before = statements;
        await read(scope, asked);
        await expect.poll(() => statements).toBe(before + 2);
        taken.push(statements - before);
      }
    }
    expect(new Set(taken)).toEqual(new Set([2]));
  });
});

describe("the log by a filter", () => {
  let scope: CampaignIds;
  let batchId = "";
  let codes: string[] = [];
  const ids: Record<"made" | "edited" | "undone" | "deleted" | "other", string> = {
    ...{ made: "", edited: "", undone: "", deleted: "", other: "" },
  };
  const apply = async (plan: { planId: string }) => (await applyPlan(admitted(scope), plan)).operationId;
  const shown = async (asked: Partial<OperationList>) => (await read(scope, asked)).entries.map(told);

  beforeAll(async () => {
    scope = await makeCampaign();
    const made = await makeBatch(scope, [{ code: "FIND-ME" }, { code: "AND-ME" }]);
    batchId = made.batchId;
    codes = made.ids;
    ids.made = made.operationId;
    const changes = editChangesField.parse({ usageLimit: { do: "set", value: 77 } });
    ids.edited = await apply(await planEdit(admitted(scope), { selection: { by: "batch", batchId }, changes }));
    ids.undone = await apply(await planUndo(admitted(scope), { operationId: ids.edited }));
    const selection = { by: "ids" as const, ids: [codes[0] ?? ""] };
    ids.deleted = await apply(await planDelete(admitted(scope), { selection, keepRedeemed: false }));
    ids.other = (await makeBatch(scope, [{ code: "OTHER" }])).operationId;
    await makeBatch(await makeCampaign(), [{ code: "FIND-ME" }]);
  });

  it("finds what changed a code, also where it is deleted, in any case of its letters", async () => {
    expect(await shown({ code: " find-me" })).toEqual([ids.deleted, ids.undone, ids.edited, ids.made]);
    expect(await shown({ code: "AND-ME" })).toEqual([ids.undone, ids.edited, ids.made]);
    expect(await shown({ code: "FIND" })).toEqual([]);
    expect(await shown({ code: "'; DROP" })).toEqual([]);
  });

  it("finds what was about a batch, and what undid that", async () => {
    expect(await shown({ batch: batchId })).toEqual([ids.undone, ids.edited, ids.made]);
    const elsewhere = await makeCampaign();
    expect((await read(elsewhere, { batch: batchId })).entries).toEqual([]);
  });

  it("finds by kind, by who, and by days on the clocks of the zone", async () => {
    expect(await shown({ kind: "undo" })).toEqual([ids.undone]);
    expect(await shown({ kind: "edit", batch: batchId, by: "TEST" })).toEqual([ids.edited]);
    expect(await shown({ by: "nobody" })).toEqual([]);
    expect(await listActors(admitted(scope))).toEqual(["Tester"]);

    const place = await makeCampaign();
    const [late, early] = await make(place, [
      { at: "2026-11-02T23:30:00Z", single: false, by: "Berta" }, // 3 November in Berlin
      { at: "2026-11-02T22:30:00Z", single: false, by: "Änne" },
    ]);
    const days = async (asked: Partial<OperationList>) => (await read(place, asked)).entries.map(told);
    expect(await days({ from: "2026-11-03" })).toEqual([late]);
    expect(await days({ to: "2026-11-02" })).toEqual([early]);
    expect(await days({ from: "2026-11-02", to: "2026-11-03", by: "änn" })).toEqual([early]);
  });
});
