import { expect, test } from "vitest";
import { routeClass } from "./routes";

const campaign = "/applications/1/campaigns/2";

test.each([
  ["GET", "/readyz?full", "health"],
  ["GET", "/_next/static/chunks/1.js", "static"],
  ["GET", `${campaign}/referrals?q=ABC`, "list"],
  ["GET", `${campaign}/referrals/77`, "page"],
  ["GET", "/", "page"],
  ["POST", `${campaign}/referrals`, "action"],
  ["POST", campaign, "action"],
  ["POST", `${campaign}/referrals/import/upload?name=a.csv`, "upload"],
  ["GET", `${campaign}/referrals/export?format=csv`, "export"],
  ["GET", `${campaign}/referrals/live`, "data"],
  ["PUT", "/v2/customer_sessions/order%2F1?dry=true", "api_session"],
  ["GET", "/v1/applications/1", "api"],
  ["POST", "/v1/applications/1/campaigns/2/import_referrals", "api_bulk"],
])("%s %s is of the class %s", (method, url, expected) => {
  expect(routeClass(method, url)).toBe(expected);
});
