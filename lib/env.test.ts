import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readSettings, SettingsError } from "./env";

describe("without any setting", () => {
  test("the embedded database with the demo is served on the loopback address", () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      host: "127.0.0.1",
      allowedHosts: [],
      basePath: "",
      dataFolder: resolve(".data"),
      databaseUrl: undefined,
      demo: true,
      metricsPort: undefined,
      administrator: false,
      mail: false,
      logLevel: "info",
    });
  });

  test("an empty value counts as none", () => {
    expect(readSettings({ PORT: "", DATABASE_URL: "", DEMO: "" })).toEqual(readSettings({}));
  });
});

test("names of the server are separated by commas or blanks, in any case", () => {
  expect(readSettings({ ALLOWED_HOSTS: "Referrals.example.com, other.example:8443" }).allowedHosts).toEqual([
    "referrals.example.com",
    "other.example",
  ]);
});

test("everything is below a path of plain parts", () => {
  for (const BASE_PATH of ["/referrals", "/shop/v1.2/_codes~-", "/...x", ""])
    expect(readSettings({ BASE_PATH }).basePath).toBe(BASE_PATH);
});

test.each([
  "referrals",
  "/",
  "/referrals/",
  "//x",
  "/a//b",
  "/a/../b",
  "/.",
  "/a b",
  "/a%20b",
  "/a?b",
  "/ä",
  "https://a/b",
])("BASE_PATH=%s is refused", (BASE_PATH) =>
  expect(() => readSettings({ BASE_PATH })).toThrow(
    `BASE_PATH is "${BASE_PATH}", which cannot be used: give a path that begins with a slash and does not end with one,`,
  ),
);

test("the first administrator takes an address and a password, neither of which is shown where it is wrong", () => {
  const [ADMIN_EMAIL, ADMIN_PASSWORD] = ["maria@example.com", "correct horse battery"];
  expect(readSettings({ ADMIN_EMAIL, ADMIN_PASSWORD }).administrator).toBe(true);
  expect(() => readSettings({ ADMIN_EMAIL })).toThrow("ADMIN_PASSWORD is not set; ADMIN_EMAIL and ADMIN_PASSWORD make");
  expect(() => readSettings({ ADMIN_EMAIL, ADMIN_PASSWORD: "pssst" })).toThrow('ADMIN_PASSWORD is "…", which cannot');
  expect(() => readSettings({ AUTH_SECRET: "pssst" })).toThrow('AUTH_SECRET is "…", which cannot be used');
});

test("mails take a server and a sender, and a name that links in them begin with", () => {
  const [SMTP_URL, MAIL_FROM] = ["smtp://someone:se%40cret@mail.example:587", "Referrals <referrals@example.com>"];
  expect(readSettings({ SMTP_URL, MAIL_FROM }).mail).toBe(true);
  expect(() => readSettings({ SMTP_URL })).toThrow("MAIL_FROM is not set; SMTP_URL and MAIL_FROM send mails together.");
  expect(() => readSettings({ MAIL_FROM })).toThrow("SMTP_URL is not set");
  expect(() => readSettings({ SMTP_URL, MAIL_FROM: "Referrals" })).toThrow('MAIL_FROM is "Referrals", which cannot');
  expect(() => readSettings({ SMTP_URL: "smtp://a:se/cret@mail.example", MAIL_FROM })).toThrow(
    'SMTP_URL is "smtp://…"',
  );
  expect(() => readSettings({ SMTP_URL, MAIL_FROM, HOST: "0.0.0.0" })).toThrow("ALLOWED_HOSTS is not set; links in");
  expect(readSettings({ SMTP_URL, MAIL_FROM, HOST: "0.0.0.0", ALLOWED_HOSTS: "a.example" }).mail).toBe(true);
});

test("a provider takes its address, and as whom it is asked; its secret is not shown", () => {
  const OIDC_ISSUER = "https://id.example.com/realms/shop";
  const given = { OIDC_ISSUER, OIDC_CLIENT_ID: "referrals", OIDC_CLIENT_SECRET: "secret" };
  expect(() => readSettings(given)).not.toThrow();
  expect(() => readSettings({ OIDC_ISSUER })).toThrow("OIDC_CLIENT_ID and OIDC_CLIENT_SECRET is not set; OIDC_ISSUER,");
  expect(() => readSettings({ ...given, OIDC_ISSUER: "http://id.example.com" })).toThrow("such as https://id.example");
  const long = "s".repeat(2000);
  expect(() => readSettings({ ...given, OIDC_CLIENT_SECRET: long })).toThrow('OIDC_CLIENT_SECRET is "…", which');
});

test("a database of one's own is not filled with the demo, unless asked to", () => {
  const DATABASE_URL = "postgresql://someone:secret@db.example:5432/referrals";
  expect(readSettings({ DATABASE_URL })).toMatchObject({ databaseUrl: DATABASE_URL, demo: false });
  expect(readSettings({ DATABASE_URL, DEMO: "1" }).demo).toBe(true);
  expect(readSettings({ DEMO: "0" }).demo).toBe(false);
});

test.each([
  ["PORT", "80a", "0 (any free port) to 65535"],
  ["PORT", "70000", "0 (any free port) to 65535"],
  ["HOST", "http://here", "an IP address or a host name"],
  ["BASE_PATH", `/${"a".repeat(100)}`, "give a shorter path"],
  ["DEMO", "yes", "give 1 to fill"],
  ["LOG_LEVEL", "loud", "trace, debug, info"],
])("%s=%s is refused by name, value and mend", (name, value, mend) => {
  const read = () => readSettings({ [name]: value });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(`${name} is "${value}"`);
  expect(read).toThrow(mend);
});

test.each([
  ["mysql://someone:secret@localhost/x", "mysql://…"],
  ["postgresql://someone:se/cret@localhost/x", "postgresql://…"],
  ["not a url", "…"],
])("DATABASE_URL=%s is refused by name, beginning and mend", (DATABASE_URL, beginning) => {
  const read = () => readSettings({ DATABASE_URL });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(
    `DATABASE_URL is "${beginning}", which cannot be used: give postgresql://user:password@host:5432/`,
  );
  expect(read).toThrow("%40 for @, %2F for /");
});
