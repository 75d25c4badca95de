import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { planDelete } from "@/lib/operations/delete";
import { editedRows, planEdit } from "@/lib/operations/edit";
import { editChangesField } from "@/lib/operations/schema";
import { getSubject } from "@/lib/operations/subject";
import { listReferrals } from "@/lib/referrals/list/queries";
import { choosePasted, chooseReferrals } from "@/lib/selections/commands";
import { chosenAmong, getSelection } from "@/lib/selections/queries";
import { type Chosen, chooseReferralsInput } from "@/lib/selections/schema";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { sweep } from "@/lib/testing/work";

let scope: CampaignIds;
let ids: string[];
let batchId: string;
beforeEach(async () => {
  scope = await makeCampaign();
  ({ ids, batchId } = await makeBatch(scope, [{ code: "REF-1" }, { code: "REF-2" }, { code: "REF-3." }]));
});

const choose = (chosen: Chosen) => chooseReferrals(admitted(scope), { chosen });
const byFilter = (filter: object, all = false): Chosen => ({ by: "filter", filter, all });
const paste = (text: string) => choosePasted(admitted(scope), text);

async function listed(selection: string, within = scope): Promise<string[]> {
  const asked = { filter: { selection }, sort: "code" as const, zone: "Europe/Berlin", now: new Date() };
  return (await listReferrals(admitted(within), asked, { at: "first" }, 250)).rows.map((row) => row.code);
}

describe("a selection", () => {
  it("holds the rows that were ticked, of this campaign alone", async () => {
    const other = await makeBatch(await makeCampaign(), [{}]);
    const { selectionId, found } = await choose({ by: "ids", ids: [ids[0] ?? "", ids[2] ?? "", ...other.ids] });
    expect(found).toBe(2);
    expect(await listed(selectionId ?? "")).toEqual(["REF-1", "REF-3."]);
    expect(await choose({ by: "ids", ids: other.ids })).toMatchObject({ selectionId: null, found: 0 });
  });

  it("holds what matched when it was chosen; later codes stay out", async () => {
    const { selectionId, found } = await choose(byFilter({ search: "ref" }));
    await makeBatch(scope, [{ code: "REF-4" }]);
    expect(found).toBe(3);
    expect(await listed(selectionId ?? "")).toEqual(["REF-1", "REF-2", "REF-3."]);
    expect(await getSelection(admitted(scope), selectionId ?? "")).toMatchObject({
      origin: "matching",
      filter: { search: "ref" },
      count: 3,
      kept: true,
    });
  });

  it("tells which of a page's rows it holds, whatever matches by now", async () => {
    const { selectionId } = await choose({ by: "ids", ids: [ids[0] ?? "", ids[2] ?? ""] });
    const among = (of: CampaignIds) => chosenAmong(admitted(of), { selectionId: selectionId ?? "", ids });
    expect((await among(scope)).sort()).toEqual([ids[0], ids[2]].sort());
    expect(await among(await makeCampaign())).toEqual([]);
  });

  it("is made again without some of its codes and with others, and stays as it was", async () => {
    const { selectionId } = await choose({ by: "ids", ids: ids.slice(0, 2) });
    const other = await makeBatch(await makeCampaign(), [{}]);
    const changed = (without: string[], more: string[]) =>
      choose({ by: "selection", selectionId: selectionId ?? "", without, with: more });
    const without = await changed([ids[0] ?? "", ids[2] ?? ""], []);
    expect(without).toMatchObject({ found: 1 });
    expect(await listed(without.selectionId ?? "")).toEqual(["REF-2"]);
    const both = await changed([ids[0] ?? ""], [ids[2] ?? "", ids[1] ?? "", ...other.ids]);
    expect(both).toMatchObject({ found: 2 });
    expect(await listed(both.selectionId ?? "")).toEqual(["REF-2", "REF-3."]);
    expect(await listed(selectionId ?? "")).toEqual(["REF-1", "REF-2"]);
    const selection = { by: "selection", selectionId: without.selectionId ?? "" } as const;
    expect(await planDelete(admitted(scope), { selection, keepRedeemed: false })).toMatchObject({ matched: 1 });
    await expect(
      choose({ by: "selection", selectionId: "999999999", without: [], with: [ids[0] ?? ""] }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("is of every code only when that is said", async () => {
    await expect(choose(byFilter({}))).rejects.toMatchObject({ code: "invalid" });
    expect(await choose(byFilter({}, true))).toMatchObject({ found: 3 });
  });

  it("is never every code by a search that compares nothing", async () => {
    const chosen = byFilter({ search: "!" });
    expect(chooseReferralsInput.safeParse({ scope, chosen }).success).toBe(false);
    await expect(choose(chosen)).rejects.toThrow("no letter or digit");
    expect(await db.selection.count({ where: scope })).toBe(0);
  });

  it("is nothing in another campaign", async () => {
    const { selectionId } = await choose(byFilter({}, true));
    const { id } = await db.campaign.create({
      data: { applicationId: scope.applicationId, name: "Second", features: ["referrals"] },
    });
    const elsewhere = { applicationId: scope.applicationId, campaignId: id };
    expect(await listed(selectionId ?? "", elsewhere)).toEqual([]);
    expect(await getSelection(admitted(elsewhere), selectionId ?? "")).toBeNull();
    const selection = { by: "selection", selectionId: selectionId ?? "" } as const;
    expect(await getSubject(admitted(elsewhere), selection)).toBeNull();
    await expect(planDelete(admitted(elsewhere), { selection, keepRedeemed: false })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("pasted codes", () => {
  it("are found in any case and between anything, and the others are named", async () => {
    const { id } = await db.campaign.create({
      data: { applicationId: scope.applicationId, name: "Second", features: ["referrals"] },
    });
    await makeBatch({ applicationId: scope.applicationId, campaignId: id }, [{ code: "AWAY-1" }]);
    const text = `Code;"ref-1",'REF-2'\r\nref-1\tREF-3. away-1 (REF-2.)\nNOPE-1`;
    const { selectionId, ...answer } = await paste(text);
    expect(answer).toEqual({
      at: expect.any(Date),
      found: 3,
      notFound: { first: ["CODE", "NOPE-1"], count: 2 },
      elsewhere: [{ campaignId: id, campaign: "Second", first: ["AWAY-1"], count: 1 }],
      duplicates: 2,
      prose: false,
    });
    expect(await listed(selectionId ?? "")).toEqual(["REF-1", "REF-2", "REF-3."]);
  });

  it("make no selection where none is found", async () => {
    expect(await paste("NOPE-1, NOPE-2")).toMatchObject({
      selectionId: null,
      found: 0,
      notFound: { count: 2 },
    });
    await expect(paste(" ;, ")).rejects.toMatchObject({ code: "invalid" });
    expect(await db.selection.count({ where: scope })).toBe(0);
  });

  it("are up to 100,000 at once, and all of them are read", async () => {
    const many = Array.from({ length: 100_001 }, (_, n) => `MANY-${n}`);
    await expect(paste(many.join("\n"))).rejects.toThrow("more than 100,000 codes");
    const answer = await paste([...many.slice(2), "REF-1"].join("\n"));
    expect(answer).toMatchObject({ found: 1, notFound: { count: 99_999 } });
    expect(answer.notFound.first).toHaveLength(100);
  });

  it("are found as sheets and mails write them", async () => {
    await makeBatch(scope, [{ code: "@NN-5" }, { code: "NORTH-SUD²" }, { code: "A_B%" }]);
    const text = [
      "Code\tRedemptions",
      ..."_REF-1_ #ref-1 @REF-1 REF-1% RE\u00ADF-1 REF\u20111 REF–1 REF—1 ＲＥＦ－１".split(" "),
      "REF-2—it is there",
      "„@nn-5“, north-sud², (A_B%).",
      "0\t0\t0 12 %",
    ].join("\n");
    const { selectionId, found, notFound } = await paste(text);
    expect(found).toBe(5);
    expect(notFound.first).toEqual([]);
    expect(await listed(selectionId ?? "")).toEqual(["@NN-5", "A_B%", "NORTH-SUD²", "REF-1", "REF-2"]);
  });
});

describe("a pasted text of any kind", () => {
  it("gives the codes of a mail, with a blank for the dash too, and names no words as missing", async () => {
    const text = "Hello Anna,\n\nyour code is ref 1 (or REF-2), not REF-99.\nThank you very much\n";
    const { selectionId, ...answer } = await paste(text);
    expect(answer).toMatchObject({ found: 2, notFound: { first: ["REF-99"], count: 1 }, prose: true });
    expect(await listed(selectionId ?? "")).toEqual(["REF-1", "REF-2"]);
  });

  const others = async (busy: Promise<unknown>) => {
    let [longest, last] = [0, performance.now()];
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await busy.finally(() => clearInterval(timer));
    return longest;
  };

  it.each([
    ["long dashes", "—".repeat(16_000_000)],
    ["line breaks", `REF-1${"\n".repeat(15_900_000)}`],
    ["short lines", "REF-1\n".repeat(300_000)],
    ["sentences", "so it is REF—2 and ".repeat(40_000)],
  ])("of megabytes of %s leaves others their turn", async (_, text) => {
    expect(await others(paste(text).catch(() => undefined))).toBeLessThan(1_500);
  });

  it("has a limit of words", async () => {
    await expect(paste("REF-1\n".repeat(1_000_001))).rejects.toThrow("more than 1,000,000 words");
  });
});

describe("an operation on a selection", () => {
  const changes = editChangesField.parse({ usageLimit: { do: "set", value: 7 } });

  it("is about its codes", async () => {
    const { selectionId } = await paste("REF-1 REF-2");
    const selection = { by: "selection", selectionId: selectionId ?? "" } as const;
    expect(await getSubject(admitted(scope), selection)).toMatchObject({ count: 2 });
    const plan = await planEdit(admitted(scope), { selection, changes });
    expect(plan).toMatchObject({ matched: 2, changed: 2 });
  });

  it("is planned part by part, past codes that were deleted meanwhile", async () => {
    const { selectionId } = await choose(byFilter({ batch: batchId }));
    await pool.query("DELETE FROM referral WHERE application_id = $1 AND id = $2", [scope.applicationId, ids[1]]);
    const rows = editedRows(scope, { by: "selection", selectionId: selectionId ?? "" }, changes, "Europe/Berlin");
    const codes: string[] = [];
    for (let after: bigint | null = null; codes.length < 2; ) {
      const part: { referral_id: bigint; code: string }[] = await db.$queryRaw(rows({ after, limit: 1 }));
      codes.push(part[0]?.code ?? "nothing");
      after = part[0]?.referral_id ?? null;
    }
    expect(codes).toEqual(["REF-1", "REF-3."]);
  });

  it("is refused when the selection is not kept any more; one that is planned keeps it", async () => {
    const day = async (selectionId: string | null) => {
      await pool.query("UPDATE selection SET created = now() - interval '25 hours' WHERE id = $1", [selectionId]);
      await sweep();
    };
    const { selectionId } = await paste("REF-1");
    const selection = { by: "selection", selectionId: selectionId ?? "" } as const;
    const { planId } = await planEdit(admitted(scope), { selection, changes });
    await day(selectionId);
    expect(await listed(selectionId ?? "")).toEqual(["REF-1"]);
    await pool.query("UPDATE operation SET planned = now() - interval '25 hours' WHERE id = $1", [planId]);
    await day(selectionId); // nobody applied the plan for a day
    await day(selectionId);
    expect(await listed(selectionId ?? "")).toEqual([]);
    expect(await getSelection(admitted(scope), selectionId ?? "")).toMatchObject({ count: 1, kept: false });
    await expect(planEdit(admitted(scope), { selection, changes })).rejects.toMatchObject({ code: "not_found" });
  });
});
