/** The path below which everything of ours is served, such as `/referrals`; empty at the root. Pages have it from their build. */
export const basePath = process.env.BASE_PATH ?? "";

/**
 * A path of ours as an address: for plain links and forms, `fetch`, markup, headers and mails, of which Next knows nothing. Link, Form, the
 * router and `redirect` add the base themselves; so whatever makes paths makes them without it. `base-path.test.ts` finds who forgets.
 */
export function withBase(path: string): string {
  return basePath === "" ? path : basePath + path.replace(/^\/(?=[?#]|$)/, "");
}

/** The path of ours that an address asks for; null where it is none of ours. */
export function withoutBase(address: string): string | null {
  const path = address.slice(basePath.length);
  if (!address.startsWith(basePath) || (basePath !== "" && !/^([/?]|$)/.test(path))) return null;
  return basePath === "" || path.startsWith("/") ? path : `/${path}`;
}
