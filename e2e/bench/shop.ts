import { Agent, request } from "node:http";
import { localActor } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { createKey } from "@/lib/keys/commands";
import type { KeyKind } from "@/lib/keys/rules";
import type { Workspace } from "./workspace";

/** A shop's program: asks the API by one of its keys, over connections that it keeps. */
export interface Shop {
  /** @returns the answer's body @throws for any status but those of a success */
  ask(method: string, path: string, body?: unknown): Promise<string>;
  close(): void;
}

/** Opens a shop with a key that may send as much as it likes. @param connections how many it keeps at most */
export async function openShop({ program, scope }: Workspace, kind: KeyKind, connections: number): Promise<Shop> {
  const place = admit(localActor, { applicationId: scope.applicationId }, "keys.write");
  const terms = { kind, name: "Benchmark", permissions: undefined, perSecond: 100_000, expires: null };
  const { key } = await createKey(place, terms);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const authorization = `${kind === "integration" ? "ApiKey-v1" : "ManagementKey-v1"} ${key}`;
  const { hostname, port } = new URL(program.address);
  return {
    ask(method, path, body) {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        authorization,
        ...(text !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
      };
      return new Promise((resolve, reject) => {
        const asked = request({ agent, hostname, port, method, path, headers }, (response) => {
          let answer = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => {
            answer += part;
          });
          response.on("error", reject);
          response.on("end", () => {
            const status = response.statusCode ?? 0;
            if (status >= 200 && status < 300) resolve(answer);
            else reject(new Error(`${method} ${path} was answered ${status}: ${answer.slice(0, 300)}`));
          });
        });
        asked.on("error", reject);
        asked.end(text);
      });
    },
    close: () => agent.destroy(),
  };
}

/** Closes a session with a code. @throws when the code is not redeemed */
export async function closeSession(shop: Shop, session: string, code: string, friend: string): Promise<void> {
  const customerSession = { state: "closed", profileId: friend, referralCode: code };
  const answer = await shop.ask("PUT", `/v2/customer_sessions/${encodeURIComponent(session)}`, { customerSession });
  if (!answer.includes('"acceptReferral"')) throw new Error(`the code ${code} was not redeemed: ${answer}`);
}
