/** A mail server, as its address says. */
export interface SmtpServer {
  host: string;
  port: number;
  /** Whether TLS begins with the connection (smtps), and not later (STARTTLS). */
  secure: boolean;
  auth?: { user: string; pass: string };
}

/** Who mails are from. */
export interface Sender {
  name: string;
  address: string;
}

/** The mail server that `smtp://` or `smtps://` names, with credentials percent-encoded; null for a text that is no such address. */
export function readSmtpAddress(text: string): SmtpServer | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, "");
  if (!["smtp:", "smtps:"].includes(protocol) || !/^[A-Za-z0-9.:_-]+$/.test(host)) return null;
  if (!["", "/"].includes(pathname) || search !== "" || hash !== "") return null;
  if ((username === "") !== (password === "")) return null;
  const secure = protocol === "smtps:";
  const server = { host, port: Number(port) || (secure ? 465 : 587), secure };
  if (username === "") return server;
  try {
    return { ...server, auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } };
  } catch {
    return null;
  }
}

/** The sender that “referrals@example.com” or “Referrals <referrals@example.com>” names; null for any other text. */
export function readSender(text: string): Sender | null {
  const [, name = "", named, bare] = /^(?:([^<>"\p{Cc}]{0,100}?)\s*<([^<>\s]+)>|([^<>\s]+))$/u.exec(text.trim()) ?? [];
  const address = named ?? bare ?? "";
  return /^[^@\s,;:]+@[^@\s,;:]+$/.test(address) && address.length <= 254 ? { name: name.trim(), address } : null;
}

/** By what mails are sent and from whom: `SMTP_URL` and `MAIL_FROM`, which the start has checked; null where none are. */
export function mailSettings(
  { SMTP_URL, MAIL_FROM }: Record<string, string | undefined> = process.env,
): { server: SmtpServer; from: Sender } | null {
  const server = SMTP_URL ? readSmtpAddress(SMTP_URL) : null;
  const from = MAIL_FROM ? readSender(MAIL_FROM) : null;
  return server && from && { server, from };
}
