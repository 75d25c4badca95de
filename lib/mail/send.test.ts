import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log } from "@/lib/log";
import { options, sendMail } from "@/lib/mail/send";
import { type SmtpDouble, type SmtpFault, startSmtp } from "@/lib/testing/smtp";

const mail = {
  to: "maria@example.com",
  subject: "A link — for you",
  text: `Grüße,\n\n.https://referrals.example.com/enter/${"x".repeat(43)}/and/a/long/tail/of/more/than/a/line=3D\n`,
};
let server: SmtpDouble;

beforeEach(async () => {
  server = await startSmtp();
  vi.stubEnv("SMTP_URL", server.url);
  vi.stubEnv("MAIL_FROM", "Referrals <referrals@example.com>");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await server.stop();
});

test("a mail arrives as it was written", async () => {
  expect(await sendMail(mail)).toBeNull();
  expect(server.mails).toMatchObject([{ from: "referrals@example.com", to: mail.to, text: mail.text }]);
});

test("the credentials of the address are given as they are meant", async () => {
  vi.stubEnv("SMTP_URL", server.url.replace("//", "//maria%40example.com:p%2Fss@"));
  expect(await sendMail(mail)).toBeNull();
  expect(server.credentials).toEqual(["maria@example.com:p/ss"]);
});

test.each<[SmtpFault, string]>([
  ["refuses_recipient", "address"],
  ["refuses_password", "sign_in"],
  ["refuses_message", "refused"],
])("a server that %s: %s, and nothing of the mail is in the log", async (fault, problem) => {
  const warn = vi.spyOn(log, "warn");
  vi.stubEnv("SMTP_URL", server.url.replace("//", "//maria:secret@"));
  server.fault = fault;
  expect(await sendMail(mail)).toBe(problem);
  expect(server.mails).toEqual([]);
  expect(JSON.stringify(warn.mock.calls)).toContain(problem);
  for (const hidden of [mail.to, "/enter/", "secret"]) expect(JSON.stringify(warn.mock.calls)).not.toContain(hidden);
});

test("a server that is not there, and one that never answers, hold nobody for long", async () => {
  server.fault = "silent";
  expect(await sendMail(mail)).toBe("unreachable");
  await server.stop();
  expect(await sendMail(mail)).toBe("unreachable");
  server = await startSmtp();
});

test("a password goes to another machine by TLS alone", () => {
  const auth = { user: "maria", pass: "secret" };
  const elsewhere = { host: "mail.example", port: 587, secure: false };
  expect(options({ ...elsewhere, auth }).requireTLS).toBe(true);
  expect(options(elsewhere).requireTLS).toBe(false);
  expect(options({ ...elsewhere, host: "127.0.0.1", auth }).requireTLS).toBe(false);
});
