import type { Permission } from "@/lib/access/permissions";
import { authorizationScheme, heldOf, type KeyKind } from "@/lib/keys/rules";

/** A campaign that a new key can be tried on. */
export interface TryCampaign {
  applicationId: number;
  id: number;
  name: string;
}

/** The campaign that new keys are tried on: the first one with referrals. */
export function tryCampaign(campaigns: (TryCampaign & { hasReferrals: boolean })[]): TryCampaign | undefined {
  const found = campaigns.find(({ hasReferrals }) => hasReferrals);
  return found && { applicationId: found.applicationId, id: found.id, name: found.name };
}

/** A key that was made a moment ago. */
export interface TriedKey {
  key: string;
  kind: KeyKind;
  permissions: readonly Permission[];
}

/** A request that shows that a key works and changes nothing: as a line for a terminal, and what it does in words. */
export interface TryLine {
  method: "GET" | "PUT";
  path: string;
  needs: Permission;
  line: string;
  does: string;
}

/**
 * The line by which a key is tried; null where the key may not do so little, or there is no campaign yet to read.
 * @param origin where the server is reached, such as `https://shop.example`
 */
export function tryLine(tried: TriedKey, origin: string, campaign: TryCampaign | undefined): TryLine | null {
  const header = `-H 'Authorization: ${authorizationScheme[tried.kind]} ${tried.key}'`;
  const trial =
    tried.kind === "integration" ? dryRun(origin, header) : campaign && newestCode(origin, header, campaign);
  return trial && heldOf(tried.kind, tried.permissions).includes(trial.needs) ? trial : null;
}

function dryRun(origin: string, header: string): TryLine {
  const path = "/v2/customer_sessions/first-try";
  const body = JSON.stringify({ customerSession: { profileId: "first-try", referralCode: "FIRST-TRY" } });
  return {
    method: "PUT",
    path,
    needs: "redemptions.write",
    line: `curl -X PUT '${origin}${path}?dry=true' ${header} -H 'Content-Type: application/json' -d '${body}'`,
    does: "It asks what would come of the code FIRST-TRY in a customer’s session, and changes nothing.",
  };
}

function newestCode(origin: string, header: string, { applicationId, id, name }: TryCampaign): TryLine {
  const path = `/v1/applications/${applicationId}/campaigns/${id}/referrals/no_total`;
  return {
    method: "GET",
    path,
    needs: "referrals.read",
    line: `curl '${origin}${path}?pageSize=1' ${header}`,
    does: `It reads the newest code of “${name}”.`,
  };
}
