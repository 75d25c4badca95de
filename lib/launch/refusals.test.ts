import { expect, test } from "vitest";
import { clientAddress, isKnownHost, refusalOf, settleHost } from "./refusals";

const settings = { host: "shop.internal", allowedHosts: ["referrals.example.com"] };
const known = { host: "localhost:3000" };

test.each([
  ["127.0.0.1:3000", true],
  ["[::1]:3000", true],
  ["localhost", true],
  ["10.1.2.3:80", true],
  ["shop.internal:3000", true],
  ["Referrals.Example.com", true],
  ["referrals.example.com:8443", true],
  ["evil.example", false],
  ["evil.example:3000", false],
  ["localhost.evil.example", false],
  ["", false],
  [undefined, false],
  ["a b", false],
])("a request for the host %s is answered: %s", (header, answered) => {
  expect(isKnownHost(header, settings)).toBe(answered);
});

test.each([
  ["GET", "/applications/1/campaigns?q=%", known, null],
  ["GET", "/applications/%F0%9F%98%80/campaigns", known, null],
  ["GET", "/applications/%/campaigns", known, 400],
  ["GET", "/applications/%ED%A0%80/campaigns", known, 400],
  ["GET", "*", known, 400],
  ["GET", "http://evil.example/", known, 400],
  ["GET", "evil.example:443", known, 400],
  ["HEAD", "/applications", known, null],
  ["PUT", "/applications", known, 405],
  ["DELETE", "/applications", known, 405],
  ["PATCH", "/applications", known, 405],
  ["OPTIONS", "*", known, 405],
  ["TRACE", "/", known, 405],
  ["GET", "/applications", { host: "evil.example" }, 421],
  ["GET", "/applications", {}, 421],
  ["GET", "/applications", { ...known, "x-forwarded-host": "evil.example:3000" }, 421],
  ["GET", "/applications", { ...known, "x-forwarded-host": "evil.example, localhost" }, 421],
  ["GET", "/applications", { ...known, "x-forwarded-host": "referrals.example.com:8443, inner.lan" }, null],
  ["GET", "/applications", { host: "evil.example", "x-forwarded-host": "localhost" }, 421],
  ["GET", "/livez", {}, null],
  ["HEAD", "/readyz?full", { host: "inner.lan:9000" }, null],
  ["GET", "/readyz/", { host: "inner.lan" }, 421],
  ["POST", "/readyz", { host: "inner.lan" }, 421],
])("%s %s for %j is refused with %s", (method, url, headers, status) => {
  expect(refusalOf({ method, url, headers }, settings)?.status ?? null).toBe(status);
});

test("a refusal for a host says how to allow it, and nothing that it was sent", () => {
  const { sentence } = refusalOf({ method: "GET", url: "/", headers: { host: 'new.example"><b>:80' } }, settings) ?? {};
  expect(sentence).toContain("ALLOWED_HOSTS=new.exampleb.");
  const allow = refusalOf({ method: "PUT", url: "/", headers: known }, settings)?.headers;
  expect(allow).toEqual({ allow: "GET, HEAD, POST" });
});

const boundary = "multipart/form-data; boundary=----x";
test.each([
  ["multipart/form-data", 400],
  ["Multipart/Form-Data; charset=utf-8", 400],
  ["multipart/form-data; boundary=", 400],
  [boundary, null],
  ['multipart/form-data; boundary="a b"', null],
  ["text/plain;charset=UTF-8", null],
])("a form of the type %s is refused with %s", (type, status) => {
  const headers = { ...known, origin: "http://localhost:3000", "content-type": type };
  const action = { ...headers, "next-action": "40ab" };
  expect(refusalOf({ method: "POST", url: "/", headers: action }, settings)?.status ?? null).toBe(status);
  const form = refusalOf({ method: "POST", url: "/", headers }, settings)?.status ?? null;
  expect(form).toBe(type.startsWith("text") ? null : 400); // ours are actions
});

const inner = "127.0.0.1:3000";
const name = "referrals.example.com";
const same = { "sec-fetch-site": "same-origin" };
test.each([
  ["direct, under an address", { host: inner, origin: `http://${inner}` }, true],
  ["direct, under a name", { host: "shop.internal:3000", origin: "http://shop.internal:3000", ...same }, true],
  ["behind TLS, the host as it was", { host: name, origin: `https://${name}` }, true],
  ["behind TLS, the usual port written out", { host: `${name}:443`, origin: `https://${name}` }, true],
  ["behind TLS on another port", { host: `${name}:8443`, origin: `https://${name}:8443` }, true],
  ["behind TLS on another port that the host lacks", { host: name, origin: `https://${name}:8443` }, true],
  ["behind TLS, the server's port in the host", { host: `${name}:3000`, origin: `https://${name}`, ...same }, true],
  ["forwarded", { host: inner, "x-forwarded-host": name, origin: `https://${name}` }, true],
  ["forwarded with a port", { host: inner, "x-forwarded-host": `${name}:8443`, origin: `https://${name}:8443` }, true],
  ["forwarded twice", { host: inner, "x-forwarded-host": `${name}, inner.lan`, origin: `https://${name}` }, true],
  ["another name", { host: inner, "x-forwarded-host": name, origin: "https://evil.example" }, false],
  ["another name whose proxy is ours", { host: name, origin: `https://www.${name}` }, false],
  ["another port of the same name", { host: "localhost:3000", origin: "http://localhost:4000" }, false],
  [
    "another port, by the browser's word",
    { host: name, origin: `https://${name}:9`, "sec-fetch-site": "same-site" },
    false,
  ],
  ["a port that the host lacks, over http", { host: name, origin: `http://${name}:8080` }, false],
  ["no origin", { host: inner }, false],
  ["an origin that is none", { host: inner, origin: "null" }, false],
])("a change is carried out only for our own pages: %s", (_, headers: Record<string, string>, accepted) => {
  const request = { method: "POST", url: "/", headers: { ...headers } };
  expect(refusalOf(request, settings)?.status ?? null).toBe(accepted ? null : 403);
  if (!accepted) return;
  settleHost(request); // what Next compares
  expect(request.headers["x-forwarded-host"]).toBe(new URL(headers.origin ?? "").host);
});

test.each([
  ["203.0.113.9", undefined, "203.0.113.9"],
  ["203.0.113.9", "192.0.2.1", "203.0.113.9"], // whoever says so is no proxy of ours
  ["127.0.0.1", "192.0.2.1", "192.0.2.1"],
  ["::ffff:127.0.0.1", "198.51.100.1, 192.0.2.1", "192.0.2.1"],
  ["10.0.0.2", "2001:db8::1", "2001:db8::1"],
  ["fd00::2", "192.0.2.1", "192.0.2.1"],
  ["127.0.0.1", "nonsense", "127.0.0.1"],
  ["2001:db8::2", "192.0.2.1", "2001:db8::2"],
  [undefined, "192.0.2.1", ""],
])("a request from %s that says %s comes from %s", (peer, forwarded, address) => {
  expect(clientAddress(peer, forwarded)).toBe(address);
});
