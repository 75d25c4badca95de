import { expect, test } from "vitest";
import { oidcSettings, readIssuer } from "@/lib/oidc/settings";

test.each([
  "https://id.example.com",
  "https://id.example.com/realms/shop",
  "http://127.0.0.1:4000",
  "http://[::1]:4000",
])("%s is an issuer", (text) => expect(readIssuer(text)?.href).toContain(text));

test.each([
  "",
  "id.example.com",
  "http://id.example.com",
  "ftp://id.example.com",
  "https://maria@id.example.com",
  "https://id.example.com/?a=b",
  "https://id.example.com/#a",
])("“%s” is none", (text) => expect(readIssuer(text)).toBeNull());

test("a provider is called by its host, unless the settings say otherwise", () => {
  const given = { OIDC_ISSUER: "https://id.example.com/a", OIDC_CLIENT_ID: "one", OIDC_CLIENT_SECRET: "two" };
  expect(oidcSettings(given)).toMatchObject({ name: "id.example.com", clientId: "one", clientSecret: "two" });
  expect(oidcSettings({ ...given, OIDC_NAME: "Example ID" })?.name).toBe("Example ID");
  expect(oidcSettings({ ...given, OIDC_CLIENT_SECRET: "" })).toBeNull();
  expect(oidcSettings({})).toBeNull();
});
