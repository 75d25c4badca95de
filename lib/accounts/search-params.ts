import { type SearchParams, storableParams } from "@/lib/search-params";

/** The page of all accounts, as its address asks for it. */
export interface AccountList {
  /** Part of a name or an e-mail address, in any case; empty for all. */
  q: string;
  /** The person after whom the page begins; null for the first page. */
  after: string | null;
}

const textMax = 200;
const personId = /^[\w-]{1,100}$/;

/** The address of the page of accounts; what asks nothing is left out. */
export function accountsHref({ q = "", after = null }: Partial<AccountList> = {}): string {
  const query = new URLSearchParams({ ...(q && { q }), ...(after && { after }) });
  return query.size === 0 ? "/accounts" : `/accounts?${query}`;
}

/** Reads the address of the page of accounts; what cannot be read is left out. */
export function readAccountList(params: SearchParams): AccountList {
  const raw = storableParams(params);
  const after = raw.get("after");
  return {
    q: (raw.get("q") ?? "").trim().slice(0, textMax),
    after: after !== null && personId.test(after) ? after : null,
  };
}
