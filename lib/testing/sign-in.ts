/** Settings by which a start makes an administrator. */
export const administrator = { ADMIN_EMAIL: "admin@example.com", ADMIN_PASSWORD: "correct horse battery staple" };

/** The session that an answer gives to a browser, as `Cookie` has it. @throws where it gives none */
export async function sessionOf(answer: Response): Promise<string> {
  const given = answer.headers.getSetCookie().find((cookie) => cookie.startsWith("referrals="));
  if (!given) throw new Error(`nobody was signed in: ${answer.status} ${answer.headers.get("location")}`);
  return given.split(";", 1)[0] ?? "";
}

/** Sends a plain form to a server as its page does, and follows no redirect. */
export function sendForm(
  address: string,
  path: string,
  fields: Record<string, string>,
  headers = {},
): Promise<Response> {
  const body = new URLSearchParams(fields);
  return fetch(address + path, { method: "POST", redirect: "manual", headers: { origin: address, ...headers }, body });
}

/** Signs in to a server as its administrator. Returns what its requests then have as `Cookie`. */
export async function signIn(address: string): Promise<string> {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = administrator;
  return sessionOf(await sendForm(address, "/sign-in/send", { email, password }));
}
