import type { APIResponse } from "@playwright/test";
import { expect } from "../fixtures";

/** What every answer has, whatever it is (the header → how it reads). */
const always: [string, RegExp][] = [
  ["x-content-type-options", /^nosniff$/],
  ["x-frame-options", /^DENY$/],
  ["referrer-policy", /^same-origin$/],
  ["cross-origin-opener-policy", /^same-origin$/],
  ["cross-origin-resource-policy", /^same-origin$/],
  ["permissions-policy", /camera=\(\).*geolocation=\(\).*microphone=\(\)/],
  ["content-security-policy", /^default-src 'none'; .*frame-ancestors 'none'/],
];

/** That an answer has the headers which fence it in, and none that tells of the server. */
export function expectHeaders(answer: APIResponse): void {
  const headers = answer.headers();
  for (const [name, reads] of always) expect.soft(headers[name] ?? "", `${answer.url()}: ${name}`).toMatch(reads);
  for (const name of ["x-powered-by", "server", "access-control-allow-origin", "strict-transport-security"])
    expect.soft(headers[name], `${answer.url()}: ${name}`).toBeUndefined();
}
