/** Kinds of requests that take similarly long. They are few, because each is a set of lines for ever. */
export type RouteClass =
  | "health"
  | "static"
  | "list"
  | "page"
  | "action"
  | "upload"
  | "export"
  | "data"
  | "api"
  | "api_session"
  | "api_bulk";

const classes: [RegExp, RouteClass][] = [
  [/^\/(livez|readyz)$/, "health"],
  [/^\/(_next\/static\/|favicon|icon|apple-touch|manifest|robots)/, "static"],
  [/^\/v2\/customer_sessions\//, "api_session"],
  [/^\/v\d\/.*(import|export|batch|referrals_for_multiple_advocates)/, "api_bulk"],
  [/^\/(v\d\/|openapi\.json$)/, "api"],
  [/\/upload$/, "upload"],
  [/\/export$/, "export"],
  [/\/(choices|live|progress|chosen(\/\d+)?|space|find|plan|qr|share-text)$/, "data"],
  [/\/referrals$/, "list"],
];

/** The class of a request by its method and address, whose numbers and codes are in no metric. */
export function routeClass(method: string, url: string): RouteClass {
  const path = url.split("?", 1)[0] ?? "";
  const found = classes.find(([pattern]) => pattern.test(path))?.[1];
  return (found === undefined || found === "list") && method === "POST" ? "action" : (found ?? "page");
}
