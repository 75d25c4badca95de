import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** An answer of the API: `status` 0 with what went wrong where none came. */
export interface Answer {
  status: number;
  text: string;
  /** When to ask again, in seconds; 0 where it does not say. */
  retryAfter: number;
}

/** A shop's program: asks the API by one key, over connections that it keeps. */
export interface Shop {
  /** Asks once. Never throws: where no answer came, the status is 0. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  close(): void;
}

/** Opens a shop on a server. @param connections how many it keeps at most */
export function openShop(address: string, key: string, connections: number): Shop {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const authorization = `${key.startsWith("rfm_") ? "ManagementKey-v1" : "ApiKey-v1"} ${key}`;
  const { hostname: written, port, protocol, pathname } = new URL(address);
  const hostname = written.replace(/^\[|\]$/g, ""); // an IPv6 address
  const base = pathname.replace(/\/$/, "");
  if (protocol !== "http:") throw new Error(`${address} is no http address`);
  return {
    ask(method, path, body) {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        authorization,
        ...(text !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
      };
      return new Promise((resolve) => {
        const lost = (error: Error) => resolve({ status: 0, text: error.message, retryAfter: 0 });
        const asked = request(
          { agent, hostname, port, method, path: base + path, headers, timeout: 60_000 },
          (response) => {
            let answer = "";
            response.setEncoding("utf8");
            response.on("data", (part: string) => {
              answer += part;
            });
            response.on("error", lost);
            response.on("end", () => {
              const { statusCode = 0, headers } = response;
              resolve({ status: statusCode, text: answer, retryAfter: Number(headers["retry-after"] ?? 0) });
            });
          },
        );
        asked.on("timeout", () => asked.destroy(new Error("there was no answer for a minute")));
        asked.on("error", lost);
        asked.end(text);
      });
    },
    close: () => agent.destroy(),
  };
}

/** What came of closing a session with a code. */
export type Outcome =
  | { kind: "accepted" }
  /** The code was refused for one of the published reasons. */
  | { kind: "rejected"; reason: string }
  /** The request was refused, by a status below 500: nothing was done. */
  | { kind: "refused"; status: number; text: string }
  /** A status from 500 on, or none: it may have been done. */
  | { kind: "unknown"; status: number; text: string };

/** Closes a session with a code, and asks again for as long as the key's rate is used up. */
export async function closeSession(
  shop: Shop,
  session: string,
  referralCode: string,
  friend: string,
): Promise<Outcome> {
  const path = `/v2/customer_sessions/${encodeURIComponent(session)}`;
  for (;;) {
    const { status, text, retryAfter } = await shop.ask("PUT", path, {
      customerSession: { state: "closed", profileId: friend, referralCode },
    });
    if (status === 429) await pause(Math.max(retryAfter, 0.1) * 1000);
    else if (status === 200) return outcomeIn(text);
    else return { kind: status === 0 || status >= 500 ? "unknown" : "refused", status, text };
  }
}

function outcomeIn(text: string): Outcome {
  const { effects } = JSON.parse(text) as { effects: { effectType: string; props: { rejectionReason?: string } }[] };
  const [effect] = effects;
  if (effect?.effectType === "acceptReferral") return { kind: "accepted" };
  return { kind: "rejected", reason: effect?.props.rejectionReason ?? "no effect" };
}

/** A code that was made for a crowd. */
export interface CrowdCode {
  code: string;
  advocate: string;
}

/** Makes a code that can be redeemed so often, of an advocate of its own. @throws with what the server said */
export async function makeCode(shop: Shop, campaignId: number, usageLimit: number): Promise<CrowdCode> {
  const advocate = `stress ${Date.now()} ${Math.random()}`;
  const made = await shop.ask("POST", "/v1/referrals", {
    campaignId,
    usageLimit,
    advocateProfileIntegrationId: advocate,
  });
  if (made.status !== 201) throw new Error(`no code could be made (status ${made.status}): ${made.text.slice(0, 500)}`);
  return { code: (JSON.parse(made.text) as { code: string }).code, advocate };
}

/** How often a code is redeemed by its own counter. @throws with what the server said */
export async function counterOf(shop: Shop, { code, advocate }: CrowdCode): Promise<number> {
  const id = encodeURIComponent(advocate);
  // An advocate has an inventory from the first session on.
  await shop.ask("PUT", `/v2/customer_sessions/${id}`, { customerSession: { profileId: advocate } });
  const read = await shop.ask("GET", `/v1/customer_profiles/${id}/inventory?referrals=true`);
  if (read.status !== 200)
    throw new Error(`the counter could not be read (${read.status}): ${read.text.slice(0, 500)}`);
  const { referrals } = JSON.parse(read.text) as { referrals: { code: string; usageCounter: number }[] };
  const found = referrals.find((referral) => referral.code === code);
  if (!found) throw new Error(`the code ${code} is not among its advocate's`);
  return found.usageCounter;
}
