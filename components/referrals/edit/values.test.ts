import { describe, expect, it } from "vitest";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { changesOf, textsOf } from "./values";

const zone = "Europe/Berlin";
const tier: AttributeDefinition = {
  ...{ name: "tier", title: "Tier", type: "string", description: "", suggestions: [], restricted: false },
};
const seen: AttributeDefinition = { ...tier, name: "seen", title: "Seen", type: "number" };
const definitions = [tier, seen];
const values = {
  usageLimit: 10,
  validFrom: null,
  validUntil: "2027-01-31T23:00:00+00:00",
  friendIntegrationId: "Bob",
  "attributes.tier": "gold",
};
const base = textsOf(values, definitions, zone);
const read = (texts: Record<string, string>) => changesOf(base, { ...base, ...texts }, definitions, zone);

describe("the form of one code's values", () => {
  it("shows what the code holds, on the clocks of the zone", () => {
    expect(base).toEqual({
      usageLimit: "10",
      validFrom: "",
      validUntil: "2027-01-31",
      friendIntegrationId: "Bob",
      "attributes.tier": "gold",
      "attributes.seen": "",
    });
  });

  it("changes nothing while nothing is typed", () => {
    expect(read({})).toEqual({ changes: null, problems: {} });
  });

  it.each([
    [{ usageLimit: "20" }, { usageLimit: { do: "set", value: 20 } }],
    [{ usageLimit: "0" }, { usageLimit: { do: "set", value: 0 } }],
    [{ validFrom: "2026-12-01" }, { validFrom: { do: "set", value: new Date("2026-11-30T23:00:00Z") } }],
    [{ validUntil: "" }, { validUntil: { do: "clear" } }],
    [{ friendIntegrationId: " " }, { friendIntegrationId: { do: "clear" } }],
    [{ "attributes.tier": "" }, { attributes: { tier: { do: "remove" } } }],
    [{ "attributes.seen": "7" }, { attributes: { seen: { do: "set", value: 7 } } }],
  ])("%j is an edit of that field alone", (texts, changes) => {
    const { changes: all, problems } = read(texts);
    expect(problems).toEqual({});
    const leave = { do: "leave" };
    expect(all).toEqual({
      ...{ usageLimit: leave, validFrom: leave, validUntil: leave, friendIntegrationId: leave },
      ...{ attributes: {}, onlyUnredeemed: false, ...changes },
    });
  });

  it("names all that is wrong at once", () => {
    const { changes, problems } = read({ usageLimit: "", validUntil: "2027-02-30" });
    expect([changes, Object.keys(problems).sort()]).toEqual([null, ["usageLimit", "validUntil"]]);
  });

  it.each([
    [{ usageLimit: "" }, "usageLimit", /0 means unlimited/],
    [{ usageLimit: "-1" }, "usageLimit", /out of range/],
    [{ validUntil: "2027-02-30" }, "validUntil", /30 Feb 2027 does not exist/],
    [{ validFrom: "2027-03-01", validUntil: "2027-02-01" }, "validUntil", /later than/],
    [{ "attributes.seen": "many" }, "attributes.seen", /many/],
  ])("%j is refused at its field", (texts, field, said) => {
    const { changes, problems } = read(texts);
    expect(changes).toBeNull();
    expect(problems[field]).toMatch(said);
  });
});
