import { afterEach, expect, test, vi } from "vitest";
import { mailOrigin } from "@/lib/mail/origin";

afterEach(() => vi.unstubAllEnvs());

test("below a path a link begins with that, too", async () => {
  vi.stubEnv("BASE_PATH", "/shop/codes");
  vi.resetModules();
  const { mailOrigin } = await import("@/lib/mail/origin");
  for (const host of ["127.0.0.1:3000", "203.0.113.9"])
    expect(mailOrigin(new Headers({ host }))).toMatch(/^http:\/\/127\.0\.0\.1(:3000)?\/shop\/codes$/);
});

test.each([
  ["the name that was asked for", "referrals.example.com", {}, "http://referrals.example.com"],
  ["its port", "referrals.example.com:8443", {}, "http://referrals.example.com:8443"],
  ["TLS", "referrals.example.com", { "x-forwarded-proto": "https" }, "https://referrals.example.com"],
  ["what a proxy was asked for", "inner:3000", { "x-forwarded-host": "b.example, x" }, "http://b.example"],
  ["not an address, which can be anybody's", "203.0.113.9", {}, "http://referrals.example.com"],
  [
    "not what a proxy was asked for either",
    "b.example",
    { "x-forwarded-host": "203.0.113.9" },
    "http://referrals.example.com",
  ],
  ["not what is no host", "a b", { "x-forwarded-proto": "https" }, "https://referrals.example.com"],
])("a link begins with %s", (_, host, more, origin) => {
  vi.stubEnv("ALLOWED_HOSTS", "referrals.example.com, b.example");
  expect(mailOrigin(new Headers({ host, ...more }))).toBe(origin);
});

test.each([
  ["127.0.0.1:3000", "http://127.0.0.1:3000"],
  ["localhost:3000", "http://localhost:3000"],
  ["[::1]:3000", "http://[::1]:3000"],
  ["203.0.113.9", "http://127.0.0.1"],
])("without names of its own a server is on this machine: %s", (host, origin) => {
  expect(mailOrigin(new Headers({ host }))).toBe(origin);
});
