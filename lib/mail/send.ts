import { log } from "@/lib/log";
import { isLoopback } from "@/lib/loopback";
import type { MailProblem } from "@/lib/mail/problems";
import { mailSettings, type SmtpServer } from "@/lib/mail/settings";

/** A mail of plain text to one address. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** How long a mail may take in all, in milliseconds, and how many are sent at once: each is a connection. */
const longest = 15_000;
const most = 20;
let underWay = 0;

const problems: Record<string, MailProblem> = {
  EAUTH: "sign_in",
  ENOAUTH: "sign_in",
  ETLS: "tls",
  EREQUIRETLS: "tls",
  ECONNECTION: "unreachable",
  ESOCKET: "unreachable",
  ETIMEDOUT: "unreachable",
  EDNS: "unreachable",
  EABORT: "unreachable",
};

/** What nodemailer is given for a server. */
export function options({ auth, ...server }: SmtpServer) {
  const times = { connectionTimeout: 5000, greetingTimeout: 5000, dnsTimeout: 5000, socketTimeout: 10_000 };
  // A password goes over TLS alone; without one a server in the same network may have none.
  const requireTLS = auth !== undefined && !isLoopback(server.host);
  return { ...server, ...times, requireTLS, ...(auth && { auth }), disableFileAccess: true, disableUrlAccess: true };
}

/** Who refused what: the server may not take mails to an address, or from ours, or at all. */
function problemOf(error: unknown): MailProblem {
  const { code, command } = error as { code?: string; command?: string };
  if (code === "EENVELOPE" && command === "RCPT TO") return "address";
  return problems[code ?? ""] ?? "refused";
}

/**
 * Sends a mail by the server of the settings, within 15 s. Neither its text nor whom it is for is logged.
 * @returns why it was not sent; null where it was
 * @throws where no mail is set up
 */
export async function sendMail({ to, subject, text }: Mail): Promise<MailProblem | null> {
  const settings = mailSettings();
  if (!settings) throw new Error("no mail is set up");
  if (underWay >= most) return "busy";
  underWay += 1;
  try {
    const { createTransport } = await import("nodemailer");
    const message = { from: settings.from, to: { name: "", address: to }, subject, text };
    await createTransport(options(settings.server)).sendMail({ ...message, signal: AbortSignal.timeout(longest) });
    return null;
  } catch (error) {
    const problem = problemOf(error);
    const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number };
    log.warn({ problem, code, command, responseCode }, "a mail was not sent"); // its message can name the address
    return problem;
  } finally {
    underWay -= 1;
  }
}
