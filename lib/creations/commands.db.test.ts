import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { searchKey } from "@/lib/codes/folding";
import { codeAt, codeSpace } from "@/lib/codes/generator";
import { createReferrals } from "@/lib/creations/commands";
import { type CreateReferrals, createReferralsInput } from "@/lib/creations/schema";
import { db, pool } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { getImport } from "@/lib/imports/queries";
import { listChanges } from "@/lib/operations/queries";
import { admitted } from "@/lib/testing/builders";
import { sendList } from "@/lib/testing/lists";

let scope: CreateReferrals["scope"];
let other: CreateReferrals["scope"];

/** Every test has an application of its own, with two campaigns. */
beforeEach(async () => {
  const application = await db.application.create({ data: { name: "Test Shop", timeZone: "Europe/Berlin" } });
  const campaign = (name: string) =>
    db.campaign.create({ data: { applicationId: application.id, name, features: ["referrals"] } });
  scope = { applicationId: application.id, campaignId: (await campaign("Refer a friend")).id };
  other = { applicationId: application.id, campaignId: (await campaign("VIP circle")).id };
  await db.attributeDefinition.create({
    data: {
      applicationId: application.id,
      name: "tier",
      title: "Tier",
      type: "string",
      suggestions: ["gold"],
      restricted: true,
    },
  });
});

const common = () => ({
  scope,
  requestKey: randomUUID(),
  usageLimit: 5,
  validFrom: null,
  validUntil: null,
  attributes: {},
});

async function create({ advocates, ...input }: { scope?: CampaignIds; advocates?: string[]; [name: string]: unknown }) {
  const listId = advocates && (await sendList(admitted(input.scope ?? scope), advocates));
  const request = createReferralsInput.parse({ ...common(), ...(listId && { listId }), ...input });
  return createReferrals(admitted(request), request);
}

const own = (code: string) => ({ kind: "own", advocate: "cust_1", friend: null, code });
const many = (count: number, pattern = "####-####", characters = "ABCDEFGHJK") => ({
  kind: "many",
  advocates: Array.from({ length: count }, (_, index) => `cust_${index}`),
  pattern,
  characters,
});

async function refusal(promise: Promise<unknown>): Promise<DomainError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
}

/** Everything of the application that a creation writes. */
async function written() {
  const { applicationId } = scope;
  const [referrals, operations, changes, batches, campaigns] = await Promise.all([
    db.referral.count({ where: { applicationId } }),
    db.operation.count({ where: { applicationId } }),
    db.change.count({ where: { applicationId } }),
    db.batch.count({ where: { applicationId } }),
    db.campaign.findMany({ where: { applicationId }, orderBy: { id: "asc" }, select: { referralCount: true } }),
  ]);
  return { referrals, operations, changes, batches, counted: campaigns.map((campaign) => campaign.referralCount) };
}

/** The lists that wait, and what stands on them. */
async function staged() {
  const where = { applicationId: scope.applicationId };
  return { lists: await db.import.count({ where }), rows: await db.importRow.count({ where }) };
}

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

describe("a code that somebody takes at the same moment, without waiting for a turn", () => {
  const insert = `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin)
    SELECT $1, $2, code, code, lower(code), 'owner_7', 1, 'api' FROM unnest($3::text[]) code`;

  /** Starts the creation while the codes are taken by a transaction that commits once the creation waits for it. */
  async function createDuring(codes: string[], input: object) {
    const rival = await pool.connect();
    try {
      await rival.query("BEGIN");
      await rival.query(insert, [scope.applicationId, scope.campaignId, codes]);
      const { rows } = await rival.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      const creation = create({ ...input, scope: other }).then(
        (result) => result,
        (error: unknown) => error,
      );
      const waiting = `SELECT FROM pg_stat_activity WHERE ${rows[0]?.pid} = ANY(pg_blocking_pids(pid))`;
      while ((await pool.query(waiting)).rowCount === 0);
      await rival.query("COMMIT");
      return await creation;
    } finally {
      rival.release();
    }
  }

  it("is refused as taken", async () => {
    const error = await createDuring(["RIVAL-1"], own("rival-1"));
    expect(error).toBeInstanceOf(DomainError);
    expect((error as DomainError).message).toContain("“RIVAL-1” is taken: in campaign “Refer a friend”");
    expect(await written()).toMatchObject({ referrals: 1, operations: 0 });
  });

  it("is left out of a batch, which is exact all the same", async () => {
    const space = codeSpace("Y-##", "0123456789", "insensitive-uppercase");
    const codes = Array.from({ length: 60 }, (_, number) => codeAt(space, number));
    await createDuring(codes, many(40, "Y-##", "0123456789"));
    expect(await written()).toEqual({ referrals: 100, operations: 1, changes: 40, batches: 1, counted: [60, 40] });
  });
});

describe("single codes made at the same moment", () => {
  const generated = (pattern: string, characters: string, advocate: string) => ({
    kind: "generated",
    advocate,
    friend: null,
    pattern,
    characters,
  });

  it("are all different, and exactly as many as the pattern has", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 34 }, (_, index) =>
        create(generated("ONE-#", "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", `cust_${index}`)),
      ),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toHaveLength(2);
    for (const reason of refused)
      expect(reason).toMatchObject({ code: "invalid", more: { fields: { pattern: expect.any(String) } } });
    expect(await written()).toEqual({ referrals: 32, operations: 32, changes: 32, batches: 0, counted: [32, 0] });
  });

  it("wait for no creation that is not over", async () => {
    const rival = await pool.connect();
    try {
      await rival.query("BEGIN");
      await rival.query(
        `INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor_kind, actor_id, actor_name, request_key, applied)
         VALUES ($1, $2, 'create', 'create', 'applied', 'person', 'local', 'local', 'not over', now())`,
        [scope.applicationId, scope.campaignId],
      );
      await rival.query("SELECT pg_advisory_xact_lock(7310001, $1)", [scope.applicationId]);
      await create(generated("FREE-####", "ABCDEFGHJK", "cust_1"));
      await create(many(1000, "FREE-####"));
      expect(await written()).toMatchObject({ referrals: 1001, counted: [1001, 0] });
    } finally {
      await rival.query("ROLLBACK");
      rival.release();
    }
  });
});

describe("sending a form twice", () => {
  it("makes the codes once and answers the same", async () => {
    const input = { ...many(50), requestKey: randomUUID() };
    const [first, second] = await Promise.all([create(input), create(input)]);
    const third = await create(input);
    expect([second, third]).toEqual([first, first]);
    expect(await written()).toEqual({ referrals: 50, operations: 1, changes: 50, batches: 1, counted: [50, 0] });
  });

  it("answers the same though the pattern is used up by then", async () => {
    const input = { ...many(100, "X-##", "0123456789"), requestKey: randomUUID() };
    expect(await create(input)).toEqual(await create(input));
  });

  it("refuses another content under the same key", async () => {
    const requestKey = randomUUID();
    await create({ ...many(3), requestKey });
    expect((await refusal(create({ ...many(4), requestKey }))).code).toBe("conflict");
    expect((await refusal(create({ ...many(3), requestKey, usageLimit: 9 }))).code).toBe("conflict");
    expect((await refusal(create({ ...many(3), requestKey, scope: other }))).code).toBe("conflict");
    expect(await written()).toMatchObject({ referrals: 3, operations: 1 });
  });
});

describe("refusals write nothing", () => {
  beforeEach(async () => {
    await create({ ...own("TAKEN-1"), advocate: "owner_7" });
  });

  it.each<[string, Parameters<typeof create>[0], string, string]>([
    [
      "a code that is taken here, in another case",
      own("taken-1"),
      "code",
      "“TAKEN-1” is taken: in this campaign it belongs to owner_7. Choose another code.",
    ],
    [
      "a code whose capitals are too many",
      own("ß".repeat(60)),
      "code",
      "This code has 120 characters: a code has 4 to 100.",
    ],
    [
      "an attribute that is not defined",
      { ...own("FREE-1"), attributes: { colour: "red" } },
      "attributes.colour",
      "There is no attribute “colour”; this application has tier.",
    ],
    [
      "an attribute value that is not allowed",
      { ...own("FREE-1"), attributes: { tier: "tin" } },
      "attributes.tier",
      'tier cannot be "tin"; allowed are "gold".',
    ],
    [
      "an attribute of the wrong type",
      { ...many(3), attributes: { tier: 7 } },
      "attributes.tier",
      "tier must be text; 7 is not.",
    ],
    [
      "an end before the start",
      { ...own("FREE-1"), validFrom: "2027-02-01T00:00:00Z", validUntil: "2027-01-31T23:00:00Z" },
      "validUntil",
      "Valid through 31 Jan 2027, 23:59 Europe/Berlin (22:59 UTC) is not after the start, 1 Feb 2027, 01:00 Europe/Berlin (00:00 UTC): choose a later end or an earlier start.",
    ],
    [
      "too little room",
      many(101, "VIP-##", "0123456789"),
      "pattern",
      "“VIP-##” can give 100 codes; 0 are used in this application, so 100 are left and 101 codes are needed. Use a longer pattern such as VIP-#######.",
    ],
    [
      "characters that are one in this application",
      many(2, "VIP-##", "aA"),
      "characters",
      "“aA” holds only one character (upper and lower case count as one here): give at least two different ones, such as ABCDEFGHJKLMNPQRSTUVWXYZ23456789.",
    ],
  ])("for %s", async (_what, input, field, sentence) => {
    const before = await written();
    const error = await refusal(create(input));
    expect(error.more.fields).toEqual({ [field]: sentence });
    expect(await written()).toEqual(before);
  });

  it("names the other campaign that has the code", async () => {
    const error = await refusal(create({ ...own("TAKEN-1"), scope: other }));
    expect(error.message).toBe(
      "“TAKEN-1” is taken: in campaign “Refer a friend” it belongs to owner_7. Choose another code.",
    );
  });

  it("for an unknown campaign, and one without the feature", async () => {
    expect((await refusal(create({ ...own("FREE-1"), scope: { ...scope, campaignId: 999_999 } }))).code).toBe(
      "not_found",
    );
    await db.campaign.updateMany({ where: { applicationId: scope.applicationId }, data: { features: [] } });
    expect((await refusal(create(own("FREE-1")))).code).toBe("feature_off");
  });
});

describe("codes of another application", () => {
  it("do not matter", async () => {
    await create(own("SHARED-1"));
    const stranger = await db.application.create({
      data: { name: "Other Shop", timeZone: "UTC", caseSensitivity: "sensitive" },
    });
    const campaign = await db.campaign.create({
      data: { applicationId: stranger.id, name: "Own", features: ["referrals"] },
    });
    const strange = { applicationId: stranger.id, campaignId: campaign.id };
    await create({ ...own("SHARED-1"), scope: strange });
    await create({ ...own("shared-1"), scope: strange });
    await create({ ...many(4, "VIP-##", "aA"), scope: strange });
    expect(await db.referral.count({ where: { applicationId: stranger.id } })).toBe(6);
  });
});
