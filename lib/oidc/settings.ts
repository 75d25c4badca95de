import { isLoopback } from "@/lib/loopback";

/** The provider by which people sign in, and as whom this server asks it. */
export interface OidcSettings {
  /** Its address, which it signs with. */
  issuer: URL;
  clientId: string;
  clientSecret: string;
  /** What people call it. */
  name: string;
}

/** An issuer's address: https, or http on this machine; null for any other text. */
export function readIssuer(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const issuer = new URL(text);
  const { protocol, hostname, username, password, search, hash } = issuer;
  const safe = protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
  return safe && `${username}${password}${search}${hash}` === "" ? issuer : null;
}

/** The provider of the settings, which the start has checked; null where there is none. */
export function oidcSettings(environment: Record<string, string | undefined> = process.env): OidcSettings | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME } = environment;
  const issuer = OIDC_ISSUER ? readIssuer(OIDC_ISSUER) : null;
  if (!issuer || !clientId || !clientSecret) return null;
  return { issuer, clientId, clientSecret, name: OIDC_NAME || issuer.host };
}
