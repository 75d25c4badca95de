import type { Configuration, CustomFetch } from "openid-client";
import { z } from "zod";
import { emailField } from "@/lib/accounts/schema";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Attempt } from "@/lib/oidc/attempt";
import type { OidcSettings } from "@/lib/oidc/settings";
import { shortened } from "@/lib/shortened";
import { slots } from "@/lib/slots";

/** Whom a provider has proven somebody to be. */
export interface Identity {
  issuer: string;
  /** Tells one of its people from another, for ever. */
  subject: string;
  /** An address that the provider says is verified, in small letters; null where it says none is. */
  email: string | null;
}

/** How long the provider may take in all, in milliseconds; how large one of its answers may be; how long what it says of itself is kept. */
const limits = { time: 10_000, bytes: 512 * 1024, kept: 60 * 60 * 1000 };
const slot = slots(20, { reason: "oidc_busy" });

/** Asks the provider, and reads no more of an answer than it may have. */
const boundedFetch: CustomFetch = async (url, options) => {
  const answer = await fetch(url, options as RequestInit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > limits.bytes) throw new TypeError(`an answer of more than ${limits.bytes} bytes`);
    chunks.push(chunk);
  }
  const { status, headers } = answer;
  return new Response(size > 0 ? Buffer.concat(chunks) : null, { status, headers });
};

let known: { by: string; until: number; configuration: Promise<Configuration> } | undefined;

/** What the provider says of itself, read once an hour: where it signs people in, and by which keys. */
async function configurationOf({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const by = JSON.stringify([issuer, clientId, clientSecret]);
  if (known?.by === by && known.until > Date.now()) return known.configuration;
  const client = await import("openid-client");
  const basic = client.ClientSecretBasic(clientSecret);
  const post = client.ClientSecretPost(clientSecret);
  const configuration = client.discovery(
    issuer,
    clientId,
    undefined,
    (server, ...rest) =>
      (server.token_endpoint_auth_methods_supported?.includes("client_secret_post") ? post : basic)(server, ...rest),
    {
      // Without it the signature of what comes from the token endpoint would be taken on trust of TLS.
      execute: [
        client.enableNonRepudiationChecks,
        ...(issuer.protocol === "http:" ? [client.allowInsecureRequests] : []),
      ],
      timeout: limits.time / 1000,
      [client.customFetch]: boundedFetch,
    },
  );
  const made = { by, until: Date.now() + limits.kept, configuration };
  known = made;
  configuration.catch(() => {
    if (known === made) known = undefined; // who was away is asked again
  });
  return configuration;
}

/** What the library's errors have, of which a fault of the network has only the message. */
interface Failed {
  code?: string;
  message?: string;
  status?: number;
  /** The provider's own name of it. */
  error?: string;
}

const away = ["OAUTH_TIMEOUT", "OAUTH_ABORT", "OAUTH_RESPONSE_IS_NOT_CONFORM", "OAUTH_RESPONSE_IS_NOT_JSON"];

/** What a failure means for whoever signs in; the log has what it was, without what the provider sent. */
function refusalOf(error: unknown, name: string): DomainError {
  if (error instanceof DomainError) return error;
  const { code, message, status, error: told } = error as Failed;
  log.warn(
    { code, told: told && shortened(told), message: shortened(String(message), 200) },
    "a sign-in by the provider failed",
  );
  if (code === "OAUTH_AUTHORIZATION_RESPONSE_ERROR")
    return new DomainError("forbidden", { reason: "oidc_denied", name });
  if (error instanceof TypeError || away.includes(code ?? "") || (status ?? 0) >= 500)
    return new DomainError("unavailable", { reason: "oidc_away", name });
  return new DomainError("forbidden", { reason: "oidc_wrong", name });
}

/** Asks the provider something, for as long as it may take. @throws DomainError for whatever goes wrong with it */
async function asking<T>(name: string, time: number, run: () => Promise<T>): Promise<T> {
  const free = slot();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DomainError("unavailable", { reason: "oidc_away", name })), time);
  });
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    throw refusalOf(error, name);
  } finally {
    clearTimeout(timer);
    free();
  }
}

/**
 * Begins a sign-in: with a state, a nonce and a PKCE verifier of its own.
 * @returns the provider's page to be led to, and what its answer is held to
 * @throws DomainError `unavailable` where the provider is away
 */
export function beginAt(
  settings: OidcSettings,
  redirectUri: string,
  time = limits.time,
): Promise<{ url: string; held: Pick<Attempt, "state" | "nonce" | "verifier"> }> {
  return asking(settings.name, time, async () => {
    const configuration = await configurationOf(settings);
    const client = await import("openid-client");
    const held = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: "openid email",
      state: held.state,
      nonce: held.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(held.verifier),
      code_challenge_method: "S256",
    });
    return { url: url.href, held };
  });
}

const claimsSchema = z.object({
  email: z.string().max(1000).optional(),
  email_verified: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
});
const tokenSchema = claimsSchema.extend({ iss: z.string().min(1).max(1000), sub: z.string().min(1).max(255) });

function verifiedEmail({ email, email_verified }: z.output<typeof claimsSchema>): string | null {
  return String(email_verified) === "true" ? (emailField.safeParse(email).data ?? null) : null;
}

/**
 * Ends a sign-in: exchanges the code that the provider led back with, and checks what it signed: issuer, audience, nonce, times and
 * signature.
 * @param search the query of the address that the provider led back to
 * @throws DomainError `forbidden` for what cannot be trusted or was denied; `unavailable` where the provider is away
 */
export function finishAt(
  settings: OidcSettings,
  attempt: Attempt,
  search: string,
  time = limits.time,
): Promise<Identity> {
  return asking(settings.name, time, async () => {
    const configuration = await configurationOf(settings);
    const client = await import("openid-client");
    const back = new URL(attempt.redirectUri);
    back.search = search;
    const tokens = await client.authorizationCodeGrant(configuration, back, {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
    const signed = tokenSchema.parse(tokens.claims());
    const { iss: issuer, sub: subject } = signed;
    if (signed.email !== undefined || !configuration.serverMetadata().userinfo_endpoint)
      return { issuer, subject, email: verifiedEmail(signed) };
    const told = await client.fetchUserInfo(configuration, tokens.access_token, subject);
    return { issuer, subject, email: verifiedEmail(claimsSchema.parse(told)) };
  });
}
