import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";
import type { Permission } from "@/lib/access/permissions";
import { serveApi } from "@/lib/api/serve";
import { createKey } from "@/lib/keys/commands";
import type { KeyKind } from "@/lib/keys/rules";
import { admitted } from "@/lib/testing/builders";

process.env.API_CHECK_ANSWERS = "1";

/** The API on an address of its own, as the server serves it; every answer is held to its description. */
export async function startApi(): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => void serveApi(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Where the API of `withApi` is. */
export let address = "";

/** Serves the API to the tests of a file. */
export function withApi(): void {
  let server: Server;
  beforeAll(async () => {
    ({ server, address } = await startApi());
  });
  afterAll(() => server.close());
}

/** A key of an application that may do all that its kind can, or only this; sends as many requests as it likes. */
export async function keyFor(applicationId: number, kind: KeyKind, permissions?: Permission[]): Promise<string> {
  const made = await createKey(admitted({ applicationId }), {
    kind,
    name: `${kind} of the test`,
    permissions,
    perSecond: 100_000,
    expires: null,
  });
  return made.key;
}

/** An answer of the API: its status, its headers, and its body, read as JSON where it is. */
export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** Who asks: with which key, in which words. */
export function caller(address: string, authorization: string | undefined) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> => {
    const raw = typeof body === "string" || body instanceof Uint8Array || body instanceof FormData;
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && !(body instanceof FormData) && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  };
}
