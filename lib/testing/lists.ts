import type { Scope } from "@/lib/access/scope";
import { sentList } from "@/lib/creations/sent-list";
import { stageAdvocates } from "@/lib/imports/staging";
import { inTurns } from "@/lib/in-turns";

/** Sends a list of advocates as the form does; gives its id. */
export async function sendList(scope: Scope<"referrals.create">, advocates: readonly string[]): Promise<string> {
  const body = new Blob(await inTurns(sentList(advocates))).stream();
  return stageAdvocates(scope, { name: "advocates.csv", body });
}
