import { authorizationScheme, type KeyKind } from "@/lib/keys/rules";

/** A request that shows that a key works and changes nothing: as a line for a terminal, and what it does in words. */
export interface TryLine {
  method: "PUT";
  path: string;
  line: string;
  does: string;
}

/**
 * The line by which a key is tried; null for a management key.
 * @param origin where the server is reached, such as `https://shop.example`
 */
export function tryLine(kind: KeyKind, key: string, origin: string): TryLine | null {
  if (kind === "management") return null;
  const path = "/v2/customer_sessions/first-try";
  const body = JSON.stringify({ customerSession: { profileId: "first-try", referralCode: "FIRST-TRY" } });
  return {
    method: "PUT",
    path,
    line: `curl -X PUT '${origin}${path}?dry=true' -H 'Authorization: ${authorizationScheme[kind]} ${key}' -H 'Content-Type: application/json' -d '${body}'`,
    does: "It asks what would come of the code FIRST-TRY in a customer’s session, and changes nothing.",
  };
}
