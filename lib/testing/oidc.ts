import { createHash, createSign, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What a provider does wrong, or does not do. */
export type OidcFault =
  | "denied"
  | "silent"
  | "failing"
  | "discovered_issuer"
  | "issuer"
  | "audience"
  | "nonce"
  | "expired"
  | "signature"
  | "unsigned";

/** One of the provider's people. */
export interface OidcPerson {
  sub: string;
  email?: string;
  email_verified?: boolean | string;
}

/** An OpenID Connect provider of this process, which asks nobody for a password. */
export interface OidcDouble {
  /** As `OIDC_*` have it. */
  settings: ReturnType<typeof oidcAt>;
  /** Who signs in there. */
  person: OidcPerson;
  fault: OidcFault | null;
  /** Whether an address is told by the user info alone. */
  thinTokens: boolean;
  stop(): Promise<void>;
}

/** The settings by which a server uses a provider on this port of loopback. */
export const oidcAt = (port: number) => ({
  OIDC_ISSUER: `http://127.0.0.1:${port}`,
  OIDC_CLIENT_ID: "referrals",
  OIDC_CLIENT_SECRET: "a secret with : and %",
  OIDC_NAME: "Example ID",
});

const formDecoded = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
const makeKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
/** Of all providers of a process: to make one takes a while. */
let keys: Record<"own" | "other", ReturnType<typeof makeKey>> | undefined;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function signed(claims: object, key: KeyObject | null): string {
  const body = `${part({ alg: key ? "RS256" : "none", kid: "one", typ: "JWT" })}.${part(claims)}`;
  return `${body}.${key ? createSign("RSA-SHA256").update(body).sign(key, "base64url") : ""}`;
}

interface Issued {
  nonce: string;
  challenge: string;
  redirectUri: string;
}

async function fieldsOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Starts a provider on loopback. @param port 0 for any free one */
export async function startOidc(port = 0): Promise<OidcDouble> {
  keys ??= { own: makeKey(), other: makeKey() };
  const { own: key, other } = keys;
  const codes = new Map<string, Issued>();

  function claimsFor({ nonce }: Issued): object {
    const now = Math.floor(Date.now() / 1000);
    const { sub, ...about } = double.person;
    return {
      iss: double.fault === "issuer" ? "http://127.0.0.1:1/" : double.settings.OIDC_ISSUER,
      aud: double.fault === "audience" ? "somebody-else" : double.settings.OIDC_CLIENT_ID,
      nonce: double.fault === "nonce" ? "another" : nonce,
      iat: now,
      exp: double.fault === "expired" ? now - 3600 : now + 300,
      sub,
      ...(double.thinTokens ? {} : about),
    };
  }

  const routes: Record<string, (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>> =
    {
      "/.well-known/openid-configuration": (_, response) => {
        const issuer = double.settings.OIDC_ISSUER;
        json(response, {
          issuer: double.fault === "discovered_issuer" ? "http://127.0.0.1:1" : issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          userinfo_endpoint: `${issuer}/userinfo`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
        });
      },
      "/jwks": (_, response) =>
        json(response, {
          keys: [{ ...key.publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }],
        }),
      "/authorize": (_, response, { searchParams }) => {
        const redirectUri = searchParams.get("redirect_uri") ?? "";
        const back = new URL(redirectUri);
        const code = randomUUID();
        const { nonce, code_challenge: challenge } = Object.fromEntries(searchParams);
        codes.set(code, { nonce: nonce ?? "", challenge: challenge ?? "", redirectUri });
        if (double.fault === "denied") back.searchParams.set("error", "access_denied");
        else back.searchParams.set("code", code);
        back.searchParams.set("state", searchParams.get("state") ?? "");
        response.writeHead(302, { location: back.href }).end();
      },
      "/token": async (request, response) => {
        const fields = await fieldsOf(request);
        const issued = codes.get(fields.get("code") ?? "");
        codes.delete(fields.get("code") ?? "");
        const verifier = fields.get("code_verifier") ?? "";
        const challenge = createHash("sha256").update(verifier).digest("base64url");
        const [, given = ""] = (request.headers.authorization ?? "").split("Basic ");
        const credentials = Buffer.from(given, "base64").toString().split(":").map(formDecoded);
        const { OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret } = double.settings;
        if (credentials[0] !== id || credentials[1] !== secret) return json(response, { error: "invalid_client" }, 401);
        if (!issued || issued.challenge !== challenge || issued.redirectUri !== fields.get("redirect_uri"))
          return json(response, { error: "invalid_grant" }, 400);
        const by =
          double.fault === "unsigned" ? null : double.fault === "signature" ? other.privateKey : key.privateKey;
        json(response, { access_token: "access", token_type: "Bearer", id_token: signed(claimsFor(issued), by) });
      },
      "/userinfo": (_, response) => json(response, double.person),
    };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://double.invalid");
    if (double.fault === "silent") return;
    if (double.fault === "failing") return json(response, { error: "server_error" }, 500);
    void routes[url.pathname]?.(request, response, url);
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const double: OidcDouble = {
    settings: oidcAt(typeof address === "object" && address ? address.port : 0),
    person: { sub: "1", email: "maria@example.com", email_verified: true },
    fault: null,
    thinTokens: false,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return double;
}
