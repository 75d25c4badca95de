import { type SearchParams, storableParams, withQuery } from "@/lib/search-params";

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
export function accountsHref(list: Partial<AccountList> = {}): string {
  return withQuery("/accounts", { ...list });
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
