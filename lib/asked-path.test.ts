import { expect, test } from "vitest";
import { askedPath, askedPathHeader, ownPath } from "./asked-path";

test.each([
  ["/", "/"],
  ["/applications/1/campaigns/1/referrals?q=x&sort=code", "/applications/1/campaigns/1/referrals?q=x&sort=code"],
  ["/applications?_rsc=1abc", "/applications"],
  ["/applications?a=1&_rsc=1abc", "/applications?a=1"],
  ["/account", "/account"],
  ["/a/../sign-in", "/"],
  ["/sign-in", "/"],
  ["/sign-in?to=%2F", "/"],
  ["/sign-out", "/"],
  ["/enter/abc", "/"],
  ["/entering", "/entering"],
  ["//evil.example", "/"],
  ["/\\\\evil.example", "/"],
  ["/.//evil.example", "/"],
  ["/a/..//evil.example", "/"],
  ["https://evil.example/", "/"],
  ["javascript:alert(1)", "/"],
  ["/a\\nb", "/"],
  ["/a b", "/"],
  ["/\u0000", "/"],
  ["", "/"],
  [`/${"x".repeat(2001)}`, "/"],
])("%j leads to %s", (path, leads) => {
  expect(ownPath(path)).toBe(leads);
});

test("the page that is asked for is in a header of the launch's", () => {
  expect(askedPath(new Headers({ [askedPathHeader]: "/applications?x=1" }))).toBe("/applications?x=1");
  expect(askedPath(new Headers())).toBe("/");
});
