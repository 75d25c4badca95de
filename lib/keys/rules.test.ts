import { expect, test } from "vitest";
import { everyPermission } from "@/lib/access/permissions";
import { grantable, heldOf, isUsable, keyState } from "./rules";

const at = (day: number) => new Date(Date.UTC(2027, 0, day));
const now = at(10);
const key = { expires: null, revoked: null };

test.each([
  [key, true, "works"],
  [{ ...key, expires: at(11) }, true, "works"],
  [{ ...key, expires: now }, false, "expired"],
  [{ ...key, revoked: now }, false, "revoked"],
  [{ ...key, revoked: at(11) }, false, "revoked"],
  [{ expires: at(9), revoked: at(8) }, false, "revoked"],
])("a key of %j can be used: %s, it is %s", (one, usable, state) => {
  expect(isUsable(one, now)).toBe(usable);
  expect(keyState(one, undefined, now)).toBe(state);
});

test("a key with a next one is replaced while both work, and works again when the next is revoked", () => {
  expect(keyState(key, key, now)).toBe("replaced");
  expect(keyState(key, { revoked: at(9) }, now)).toBe("works");
  expect(keyState({ ...key, revoked: at(9) }, key, now)).toBe("revoked");
  expect(keyState({ ...key, expires: at(9) }, key, now)).toBe("expired");
});

test("only integration keys redeem; no key makes keys, members, applications or views, or tidies up", () => {
  expect(grantable("integration")).toEqual(["referrals.create", "redemptions.write", "customers.read"]);
  const never = [
    ...["applications.create", "applications.list", "keys.read", "keys.write", "members.read", "members.write"],
    ...["audit.read", "upkeep", "views.write", "redemptions.write"],
    "accounts.read",
    "accounts.write",
    "operations.approve",
  ];
  expect([...everyPermission].filter((one) => !grantable("management").includes(one)).sort()).toEqual(never.sort());
});

test("a key holds what its permissions include, and no more than its kind can", () => {
  expect(heldOf("management", ["referrals.edit"])).toEqual(["applications.read", "referrals.read", "referrals.edit"]);
  expect(heldOf("integration", ["referrals.create"])).toEqual(["referrals.create"]);
  expect(heldOf("management", grantable("management"))).toEqual(grantable("management"));
  expect(heldOf("management", [])).toEqual([]);
});
