import { describe, expect, it, test } from "vitest";
import { characterCount } from "@/lib/codes/rules";
import { beganFrom, copyName, sameList } from "./rules";
import { createViewInput, type View } from "./schema";

const view = (version: number, query: string): View => ({ id: "7", name: "Mine", query, version });

describe("what a change of a view began from", () => {
  it("stays while another list was saved that was never shown", () => {
    const first = beganFrom(undefined, view(1, "q=a"), true);
    const later = beganFrom(first, view(2, "q=b"), false);
    expect(later.version).toBe(1);
    expect(beganFrom(later, view(3, "q=c"), false).version).toBe(1);
  });

  it("is the newest that was shown, or differs by its name alone", () => {
    expect(beganFrom(view(1, "q=a"), view(2, "q=b"), true).version).toBe(2);
    expect(beganFrom(view(1, "q=a"), view(2, "q=a"), false).version).toBe(2);
  });
});

test.each([
  ["attr.tier=is:gold&attr.vip=yes", "attr.vip=yes&attr.tier=is:gold", true],
  ["status=active,scheduled&sort=code", "status=scheduled,active&sort=code", true],
  ["origin=api,imported", "origin=imported,api", true],
  ["attr.tier=is:gold,silver", "attr.tier=is:silver,gold", true],
  ["attr.tier=is:a%5C,b", "attr.tier=is:b,a%5C", false],
  ["attr.tier=is:a%5C,b,c", "attr.tier=is:c,a%5C,b", true],
  ["attr.tier=is:a%5C%5C,b", "attr.tier=is:b,a%5C%5C", true],
  ["attr.tier=is:a%5C,b", "attr.tier=is:a,b", false],
  ["attr.size=num:5,7", "attr.size=num:7,5", true],
  ["", "", true],
  ["attr.note=has:a,b", "attr.note=has:b,a", false],
  ["columns=code,status", "columns=status,code", false],
  ["q=a,b", "q=b,a", false],
  ["status=active", "status=active,scheduled", false],
  ["attr.a=yes&attr.b=no", "attr.a=no&attr.b=yes", false],
])("“%s” and “%s” mean the same list: %s", (one, other, same) => {
  expect(sameList(one, other)).toBe(same);
});

test("a copy has a name of its own, of whole characters", () => {
  expect(copyName("Gold", [{ name: "Gold" }])).toBe("Gold copy");
  expect(copyName("Gold", [{ name: "GOLD COPY" }, { name: "Gold copy 2" }])).toBe("Gold copy 3");
  const name = copyName(`x${"🐢".repeat(59)}`, []);
  expect(characterCount(name)).toBe(55);
  const input = { scope: { applicationId: 1, campaignId: 1 }, name, query: "" };
  expect(createViewInput.safeParse(input).success).toBe(true);
});
