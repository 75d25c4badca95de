import { describe, expect, it, vi } from "vitest";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { guessesMost, holdGuesses, namelessMost } from "@/lib/sessions/guesses";
import { admitted, makeBatch } from "@/lib/testing/builders";
import { sessionShop } from "@/lib/testing/sessions";

const shop = sessionShop();
const { put, told, counter } = shop;

let sessions = 0;
/** What is answered to a code in a session of its own: its reason, “accepted”, or a status. */
async function named(referralCode: string, profileId = "Bob", query = ""): Promise<string | number | undefined> {
  sessions += 1;
  const { status, body } = await put(`session ${sessions}`, { profileId, referralCode }, query);
  if (status !== 200) return status;
  const [effect] = (body as { effects: { props: { rejectionReason?: string } }[] }).effects;
  return effect?.props.rejectionReason ?? "accepted";
}
const wrong = (count: number, profileId?: string, query?: string) =>
  Promise.all(Array.from({ length: count }, (_, n) => named(`NOBODY-${n}`, profileId, query)));
const notFound = (count: number) => Array(count).fill("ReferralNotFound");

describe("a customer who names codes that nobody has", () => {
  it("gets no answer beyond twenty a minute, of right codes neither; others go on", async () => {
    await makeBatch(shop.scope, [{ code: "RIGHT" }]);
    expect(await wrong(guessesMost)).toEqual(notFound(guessesMost));
    const late = await put("late", { profileId: "Bob", referralCode: "RIGHT", state: "closed" });
    expect([late.status, late.body]).toEqual([
      429,
      {
        message: expect.stringMatching(/^This customer named too many .+ Try again in \d+ s\.$/),
        errors: expect.any(Array),
      },
    ]);
    const wait = Number(late.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await named("NOBODY")).toBe(429);
    expect(await db.customerSession.count({ where: { integrationId: "late" } })).toBe(0);
    expect(await counter("RIGHT")).toBe(0);
    expect(await named("RIGHT", "Cleo")).toBe("accepted");
  });

  it("learns no more by trials, by other sessions, or by a right code among two hundred at once", async () => {
    await makeBatch(shop.scope, [{ code: "RIGHT" }]);
    const answers = await Promise.all([
      wrong(100),
      wrong(100, "Bob", "?dry=true"),
      (async () => named("RIGHT", "Bob", "?dry=true"))(),
    ]);
    const told = answers.flat();
    expect(told.filter((one) => one === "ReferralNotFound")).toHaveLength(guessesMost);
    expect(new Set(told.slice(0, 200))).toEqual(new Set(["ReferralNotFound", 429]));
    expect(await named("RIGHT", "Bob", "?dry=true")).toBe(429);
  });

  it("keeps a cart, and the code that it has", async () => {
    await makeBatch(shop.scope, [{ code: "RIGHT" }]);
    await told("mine", { profileId: "Bob", referralCode: "RIGHT" });
    await told("lost", { profileId: "Bob", referralCode: "TYPO" });
    for (let change = 0; change < guessesMost; change++)
      expect(await told("lost", { referralCode: "TYPO" })).toEqual(["rejectReferral TYPO ReferralNotFound"]);
    await wrong(guessesMost - 1);
    expect(await named("NOBODY")).toBe(429);
    expect(await told("lost", { referralCode: "TYPO" })).toEqual(["rejectReferral TYPO ReferralNotFound"]);
    expect(await told("lost", { referralCode: "" })).toEqual([]);
    expect(await told("mine", { referralCode: "RIGHT", state: "closed" })).toEqual(["acceptReferral RIGHT"]);
    expect(await counter("RIGHT")).toBe(1);
  });

  it("is told when to come again under an Idempotency-Key, too, and is answered then", async () => {
    await wrong(guessesMost);
    const once = { "idempotency-key": "one" };
    const refused = await put("repeated", { profileId: "Bob", referralCode: "NOBODY" }, "", undefined, once);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(await db.apiAnswer.count({ where: { applicationId: shop.scope.applicationId } })).toBe(0);
  });
});

it("who is not named is counted by the session, and together with others of the key", async () => {
  await makeBatch(shop.scope, [{ code: "RIGHT" }]);
  for (let n = 0; n < guessesMost; n++) await told("one", { referralCode: `NOBODY-${n}` });
  expect((await put("one", { referralCode: "NOBODY" })).status).toBe(429);
  expect(await told("other", { referralCode: "RIGHT" })).toEqual(["rejectReferral RIGHT ProfileRequired"]);
  const rest = await wrong(namelessMost - guessesMost, "");
  expect(new Set(rest)).toEqual(new Set(["ReferralNotFound"]));
  expect(await named("RIGHT", "")).toBe(429);
  expect(await named("RIGHT", "Cleo")).toBe("accepted");
});

it("another process counts on, and learns of it by one more", async () => {
  const scope = admitted({ applicationId: shop.scope.applicationId }) as Scope<"redemptions.write", ApplicationIds>;
  const guesser = { friend: "x".repeat(1000), sessionId: "s" };
  for (let n = 0; n < guessesMost; n++) await holdGuesses(scope, guesser, false);
  vi.resetModules();
  const other = await import("@/lib/sessions/guesses");
  const refused = { code: "too_often", reason: { reason: "codes_guessed", seconds: expect.any(Number) } };
  await expect(other.holdGuesses(scope, guesser, false)).rejects.toMatchObject(refused);
  await expect(other.holdGuesses(scope, guesser, true)).rejects.toMatchObject(refused);
  await other.holdGuesses(scope, { ...guesser, friend: "Cleo" }, true);
});
