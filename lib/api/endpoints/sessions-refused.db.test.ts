import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { makeBatch } from "@/lib/testing/builders";
import { sessionShop } from "@/lib/testing/sessions";

const shop = sessionShop();
const { put, told, stored, counter } = shop;

describe("what is sent", () => {
  const cases: [string, object, string, string | undefined][] = [
    ["a state that is none", { state: "paid" }, "", "/customerSession/state"],
    ["a state that only returns make", { state: "partially_returned" }, "", "/customerSession/state"],
    ["an unknown key", { code: "X" }, "", "/customerSession/code"],
    ["a list as the code", { referralCode: ["X"] }, "", "/customerSession/referralCode"],
    ["a code that is too long", { referralCode: "x".repeat(101) }, "", "/customerSession/referralCode"],
    ["a profile that is too long", { profileId: "x".repeat(1001) }, "", "/customerSession/profileId"],
    ["a clock without a trial", {}, "?now=2099-01-01T00:00:00Z", "now"],
    ["a clock that is past", {}, "?dry=true&now=2020-01-01T00:00:00Z", "now"],
    ["a clock that is none", {}, "?dry=true&now=tomorrow", "now"],
    ["a trial that is neither true nor false", {}, "?dry=maybe", "dry"],
    ["a trial named twice", {}, "?dry=true&dry=true", "dry"],
    ["a parameter that is unknown", {}, "?draft=true", "draft"],
  ];
  it.each(cases)("%s is refused with 400 and its place, and nothing is stored", async (_, session, query, place) => {
    const { status, body } = await put("s", session, query);
    expect(status).toBe(400);
    const sources = (body as { errors: { source: { pointer?: string; parameter?: string } }[] }).errors;
    expect(sources.map(({ source }) => source.pointer ?? source.parameter)).toContain(place);
    expect(await stored()).toEqual([0, 0, 0]);
  });

  it.each([
    ["an attribute", '"attributes":{"a":{"b":1e400}}', "/customerSession/attributes/a/b"],
    ["what is kept of an item", '"cartItems":[{"weight":-1e400}]', "/customerSession/cartItems/0/weight"],
    ["a price", '"cartItems":[{"price":1e300}]', "/customerSession/cartItems/0/price"],
    ["a quantity", '"cartItems":[{"quantity":1e300}]', "/customerSession/cartItems/0/quantity"],
    ["a cost", '"additionalCosts":{"shipping":{"price":1e300}}', "/customerSession/additionalCosts/shipping/price"],
  ])("a number beyond all as %s is refused with 400 and its place, and nothing is stored", async (_, part, place) => {
    const { status, body } = await shop.ask("PUT", "/v2/customer_sessions/s", `{"customerSession":{${part}}}`);
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ source: { pointer: place } })] }),
    ]);
    expect(await stored()).toEqual([0, 0, 0]);
  });

  it("is refused where the session cannot move so, and it stays as it was", async () => {
    await makeBatch(shop.scope, [{ code: "CODE" }]);
    await told("closed", { profileId: "Bob", referralCode: "CODE", state: "closed" });
    await told("cancelled", { state: "cancelled" });
    const refused = async (answer: ReturnType<typeof shop.ask>) => expect((await answer).status).toBe(400);
    await refused(put("closed", { state: "open" }));
    await refused(put("closed", { referralCode: "OTHER" }));
    await refused(put("cancelled", { state: "closed" }));
    await refused(shop.ask("PUT", "/v2/customer_sessions/cancelled/reopen"));
    expect((await shop.ask("PUT", "/v2/customer_sessions/none/reopen")).status).toBe(404);
    expect(
      (
        await shop.ask("POST", "/v2/customer_sessions/none/returns", {
          return: { returnedCartItems: [{ position: 0 }] },
        })
      ).status,
    ).toBe(404);
    expect(await counter("CODE")).toBe(1);
    const states = await db.customerSession.findMany({
      where: { applicationId: shop.scope.applicationId },
      orderBy: { id: "asc" },
      select: { state: true },
    });
    expect(states).toEqual([{ state: "closed" }, { state: "cancelled" }]);
  });
});
