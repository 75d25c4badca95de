import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { createKey } from "@/lib/keys/commands";
import type { KeyKind } from "@/lib/keys/rules";
import { closeSession, openShop } from "@/lib/stress/shop";
import type { Workspace } from "./workspace";

/** A shop's program that expects to succeed. */
export interface BenchShop {
  /** @returns the answer's body @throws for any status but those of a success */
  ask(method: string, path: string, body?: unknown): Promise<string>;
  /** Closes a session with a code. @throws when the code is not redeemed */
  closeSession(session: string, code: string, friend: string): Promise<void>;
  close(): void;
}

/** Opens a shop with a key that may send as much as it likes. @param connections how many it keeps at most */
export async function openBenchShop(
  { program, scope }: Workspace,
  kind: KeyKind,
  connections: number,
): Promise<BenchShop> {
  const place = admit(operator, { applicationId: scope.applicationId }, "keys.write");
  const terms = { kind, name: "Benchmark", permissions: undefined, perSecond: 100_000, expires: null };
  const { key } = await createKey(place, terms);
  const shop = openShop(program.address, key, connections);
  return {
    async ask(method, path, body) {
      const { status, text } = await shop.ask(method, path, body);
      if (status >= 200 && status < 300) return text;
      throw new Error(`${method} ${path} was answered ${status}: ${text.slice(0, 300)}`);
    },
    async closeSession(session, code, friend) {
      const outcome = await closeSession(shop, session, code, friend);
      if (outcome.kind !== "accepted") throw new Error(`${code} was not redeemed: ${JSON.stringify(outcome)}`);
    },
    close: shop.close,
  };
}
