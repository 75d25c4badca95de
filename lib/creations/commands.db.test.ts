import { beforeEach, describe, expect, it } from "vitest";
import { searchKey } from "@/lib/codes/folding";
import { codeAt, codeSpace } from "@/lib/codes/generator";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { getImport } from "@/lib/imports/queries";
import { listChanges } from "@/lib/operations/queries";
import { admitted } from "@/lib/testing/builders";
import { create, makeTwoCampaigns, many, other, own, scope, staged, written } from "@/lib/testing/creations";
import { sendList } from "@/lib/testing/lists";
import { refusal } from "@/lib/testing/refusal";

beforeEach(makeTwoCampaigns);

describe("one code", () => {
  it("is stored as it was asked for, folded by the case rule, without a batch", async () => {
    const validUntil = "2027-01-31T23:00:00Z";
    await create({ ...own(" Anna-2027 "), friend: "cust_2", validUntil, attributes: { tier: "gold" } });
    const [referral] = await db.referral.findMany({ where: { applicationId: scope.applicationId } });
    expect(referral).toMatchObject({
      campaignId: scope.campaignId,
      code: "ANNA-2027",
      codeKey: "ANNA-2027",
      codeSearch: "anna2027",
      advocateIntegrationId: "cust_1",
      friendIntegrationId: "cust_2",
      usageLimit: 5,
      usageCounter: 0,
      validFrom: null,
      validUntil: new Date(validUntil),
      attributes: { tier: "gold" },
      batchId: null,
      origin: "created",
    });
    expect(await written()).toEqual({ referrals: 1, operations: 1, changes: 1, batches: 0, counted: [1, 0] });
    const [change] = await db.change.findMany({ where: { applicationId: scope.applicationId } });
    expect(change).toMatchObject({
      referralId: referral?.id,
      code: "ANNA-2027",
      before: null,
      after: null,
    });
    const { rows } = await listChanges(admitted(scope), String(change?.operationId), {
      show: "changed",
      before: null,
      size: 1,
    });
    expect(rows[0]?.after).toEqual({
      usageLimit: 5,
      validFrom: null,
      validUntil: "2027-01-31T23:00:00+00:00",
      friendIntegrationId: "cust_2",
      "attributes.tier": "gold",
    });
  });

  it("can be generated", async () => {
    await create({ kind: "generated", advocate: "cust_1", friend: null, pattern: "vip-##", characters: "aAbB12" });
    const [referral] = await db.referral.findMany({ where: { applicationId: scope.applicationId } });
    expect(referral?.code).toMatch(/^VIP-[AB12]{2}$/);
    expect(referral?.batchId).toBeNull();
  });
});

describe("codes for many", () => {
  it("gives each advocate one different code, in a batch, and records them all", async () => {
    const { operationId } = await create({ ...many(1000), usageLimit: 0, attributes: { tier: "gold" } });
    const referrals = await db.referral.findMany({
      where: { applicationId: scope.applicationId },
      orderBy: { id: "asc" },
    });
    expect(new Set(referrals.map((referral) => referral.codeKey)).size).toBe(1000);
    expect(referrals.map((referral) => referral.advocateIntegrationId)).toEqual(
      Array.from({ length: 1000 }, (_, index) => `cust_${index}`),
    );
    for (const { code, codeSearch } of referrals) expect(codeSearch).toBe(searchKey(code));

    const [batch] = await db.batch.findMany({ where: { applicationId: scope.applicationId } });
    expect(batch).toMatchObject({ operationId: BigInt(operationId), referralCount: 1000 });
    expect(new Set(referrals.map((referral) => referral.batchId))).toEqual(new Set([batch?.batchId]));

    const operation = await db.operation.findFirst({ where: { applicationId: scope.applicationId } });
    expect(operation).toMatchObject({
      kind: "create",
      effect: "create",
      state: "applied",
      matched: 1000,
      changed: 1000,
    });
    expect(operation?.input).toMatchObject({ advocates: 1000, pattern: "####-####", usageLimit: 0, validUntil: null });
    const changes = await db.change.findMany({
      where: { applicationId: scope.applicationId },
      orderBy: { referralId: "asc" },
    });
    expect(changes.map((change) => change.referralId)).toEqual(referrals.map((referral) => referral.id));
    for (const { after } of changes) expect(after).toBeNull();
    expect(operation?.given).toEqual({ usageLimit: 0, "attributes.tier": "gold" });
    expect(await written()).toEqual({ referrals: 1000, operations: 1, changes: 1000, batches: 1, counted: [1000, 0] });
  });

  it("gives an advocate who stands there twice two codes: what repeats is the form's to leave out", async () => {
    await create({ ...many(0), advocates: ["a", "b", "a"] });
    expect(await written()).toMatchObject({ referrals: 3 });
  });

  it("forgets a list when its codes are made, and knows none of another campaign", async () => {
    const listId = await sendList(admitted(scope), ["a", "b"]);
    expect((await refusal(create({ ...many(0), advocates: undefined, listId, scope: other }))).code).toBe("not_found");
    await create({ ...many(0), advocates: undefined, listId });
    expect((await refusal(create({ ...many(0), advocates: undefined, listId }))).code).toBe("not_found");
    expect(await written()).toMatchObject({ referrals: 2, operations: 1 });
    expect(await staged()).toEqual({ lists: 0, rows: 0 });
  });

  it("says that a list was lost in a crash", async () => {
    const listId = await sendList(admitted(scope), ["a", "b"]);
    await db.importRow.deleteMany({ where: { applicationId: scope.applicationId } });
    expect((await refusal(create({ ...many(0), advocates: undefined, listId }))).code).toBe("stale");
    expect(await written()).toMatchObject({ referrals: 0, operations: 0 });
  });

  it("is no file to be imported", async () => {
    const importId = await sendList(admitted(scope), ["a"]);
    expect(await getImport(admitted(scope), importId)).toBeNull();
    expect((await refusal(commitImport(admitted(scope), { importId }))).code).toBe("not_found");
    await discardImport(admitted(scope), { importId });
    expect(await staged()).toEqual({ lists: 1, rows: 1 });
  });

  it("refuses a list with wrong rows, and keeps nothing of it", async () => {
    const wrong = ["a", "x".repeat(1001), "b", "y".repeat(1002)];
    expect((await refusal(sendList(admitted(scope), wrong))).more.fields?.advocates).toBe(
      "Line 3: An Integration ID has 1 to 1,000 characters; this one has 1,001. 1 more line is wrong.",
    );
    expect((await refusal(sendList(admitted(scope), []))).code).toBe("invalid");
    expect(await staged()).toEqual({ lists: 0, rows: 0 });
  });

  it("keeps IDs that CSV and spreadsheets would take for something else", async () => {
    const advocates = ['a "quoted", one', "=1+1", "'=1+1", "'", "a;b\tc", "\\N", "\\", "Ünïcode 顧客", "line,"];
    await create({ ...many(0), advocates });
    const referrals = await db.referral.findMany({ where: scope, orderBy: { id: "asc" } });
    expect(referrals.map((referral) => referral.advocateIntegrationId)).toEqual(advocates);
  });

  it("fills a space to its last code, and then says that none is left", async () => {
    await create(many(990, "X###", "0123456789"));
    await create({ ...many(10, "x###", "0123456789"), scope: other });
    const codes = await db.referral.findMany({ where: { applicationId: scope.applicationId }, select: { code: true } });
    const space = codeSpace("X###", "0123456789", "insensitive-uppercase");
    expect(codes.map(({ code }) => code).sort()).toEqual(
      Array.from({ length: 1000 }, (_, n) => codeAt(space, n)).sort(),
    );
    const error = await refusal(create(many(1, "X###", "0123456789")));
    expect(error.more.fields?.pattern).toBe(
      "“X###” can give 1,000 codes; 1,000 are used in this application, so none is left and 1 code is needed. Use a longer pattern such as X########.",
    );
  });

  it("fills 99 % of a space that is too large to look at code by code", async () => {
    await create(many(20_000, "####-", "ABCDEFGHIJKLM")); // of 28,561
    await create(many(8_275, "####-", "ABCDEFGHIJKLM"));
    expect(await written()).toMatchObject({ referrals: 28_275 });
    await refusal(create(many(287, "####-", "ABCDEFGHIJKLM")));
    expect(await written()).toMatchObject({ referrals: 28_275, operations: 2, batches: 2 });
  });

  it("makes exactly as many as asked, or nothing, when two creations race for a small space", async () => {
    const outcomes = await Promise.allSettled([
      create(many(60, "X-##", "0123456789")),
      create({ ...many(60, "X-##", "0123456789"), scope: other }),
      create(many(30, "X-##", "0123456789")),
    ]);
    const made = [60, 60, 30].filter((_, index) => outcomes[index]?.status === "fulfilled");
    const sum = made.reduce((total, count) => total + count, 0);
    expect(sum).toBe(90); // whichever comes first, one of the sixties and the thirty fit into 100
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(DomainError);
    expect(await written()).toMatchObject({ referrals: 90, changes: 90, operations: 2, batches: 2 });
  });
});
