import { createRequire } from "node:module";
import type { KeyKind } from "@/lib/keys/rules";

/** What of a call the SDKs tell: the answer as they read it, and the response itself. */
interface SdkAnswer {
  data: unknown;
  response: { status: number; type: string; text: string; body: unknown };
}

type Api = Record<string, (...given: unknown[]) => Promise<SdkAnswer>>;
type Model = { constructFromObject(fields: object): object };

interface Client {
  basePath: string;
  authentications: Record<string, { apiKey?: string; apiKeyPrefix?: string }>;
}

interface Sdk {
  ApiClient: new () => Client;
  IntegrationApi: (new (client: Client) => Api) & { prototype: object };
  ManagementApi: (new (client: Client) => Api) & { prototype: object };
  NewReferral: Model;
}

const load = createRequire(import.meta.url);

/** The SDKs that shops have, by their versions. */
export const sdks: Record<string, Sdk> = { "4.3.0": load("talon_one_4"), "5.0.1-rc": load("talon_one") };

const apiOf = { integration: "IntegrationApi", management: "ManagementApi" } as const;

/** Whether an SDK has an operation for a kind of key. */
export function hasOperation(version: string, kind: KeyKind, name: string): boolean {
  const sdk = sdks[version];
  return sdk !== undefined && name in sdk[apiOf[kind]].prototype;
}

/** An SDK's API on a server, with a key. @param authorization as the header says it: “ApiKey-v1 rfi_…” */
export function sdkApi(version: string, kind: KeyKind, server: string, authorization: string): Api {
  const sdk = sdks[version];
  if (!sdk) throw new Error(`There is no SDK ${version}`);
  const client = new sdk.ApiClient();
  client.basePath = server;
  const [prefix = "", key = ""] = authorization.split(" ");
  const names = kind === "integration" ? ["api_key_v1"] : ["management_key", "manager_auth"];
  for (const name of names) {
    const known = client.authentications[name];
    if (!known) continue;
    known.apiKey = key;
    known.apiKeyPrefix = name === "manager_auth" ? "Bearer" : prefix;
  }
  return new sdk[apiOf[kind]](client);
}
