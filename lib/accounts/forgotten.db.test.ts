import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { operator } from "@/lib/access/actor";
import { sendChange, sendForgotten } from "@/lib/accounts/forgotten";
import { findLink } from "@/lib/accounts/links";
import { makeFirst, makePerson, resetPassword } from "@/lib/accounts/people";
import { holdMails } from "@/lib/accounts/rates";
import { signIn } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";
import { type SmtpDouble, startSmtp } from "@/lib/testing/smtp";

const maria = { name: "Maria", email: "maria@example.com", password: "correct horse battery" };
const headers = new Headers({
  host: "referrals.example.com",
  "x-forwarded-proto": "https",
  "x-forwarded-for": "192.0.2.1",
});
let server: SmtpDouble;

beforeEach(async () => {
  server = await startSmtp();
  vi.stubEnv("SMTP_URL", server.url);
  vi.stubEnv("MAIL_FROM", "Referrals <referrals@example.com>");
  vi.stubEnv("ALLOWED_HOSTS", "referrals.example.com");
  await db.person.deleteMany();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

/** The token of the link in the last mail. */
function tokenSent(): string {
  const { text = "" } = server.mails.at(-1) ?? {};
  return /^https:\/\/referrals\.example\.com\/enter\/([\w-]{43})$/m.exec(text)?.[1] ?? "";
}

describe("a link for who forgot their password", () => {
  test("goes to their address, works once, and sets a new one", async () => {
    const personId = await makeFirst(maria);
    await sendForgotten(maria.email, headers);
    expect(server.mails).toMatchObject([{ to: maria.email, subject: "A link to choose your password" }]);
    expect(await findLink(tokenSent())).toEqual({ kind: "reset", personId });
    await resetPassword(tokenSent(), "another long password");
    expect((await signIn({ ...maria, password: "another long password" }, headers)).asksCode).toBe(false);
    await expect(resetPassword(tokenSent(), "a third long password")).rejects.toMatchObject({ code: "forbidden" });
  });

  test("invites who was never in, and is not sent to an address that nobody has", async () => {
    const personId = await db.$transaction((tx) => makePerson(tx, maria, operator));
    await sendForgotten(maria.email, headers);
    expect(await findLink(tokenSent())).toEqual({ kind: "invite", personId });
    await sendForgotten("nobody@example.com", headers);
    expect(server.mails).toHaveLength(1);
  });

  test("leads to a name of this server, whatever it was asked by", async () => {
    await makeFirst(maria);
    await sendForgotten(maria.email, new Headers({ ...Object.fromEntries(headers), host: "203.0.113.9" }));
    expect(tokenSent()).not.toBe("");
  });

  test("is on record as asked for, whether somebody has the address or not, and never with its text", async () => {
    const since = new Date();
    await makeFirst(maria);
    await sendForgotten(maria.email, headers);
    await sendForgotten("nobody@example.com", headers);
    const found = await db.auditEntry.findMany({
      where: { event: "link_asked", at: { gte: since } },
      orderBy: { id: "asc" },
    });
    expect(found.map(({ subject, actorName, actorFrom, after }) => ({ subject, actorName, actorFrom, after }))).toEqual(
      [
        { subject: maria.email, actorName: "Maria", actorFrom: "192.0.2.1", after: { known: true } },
        {
          subject: "nobody@example.com",
          actorName: "nobody@example.com",
          actorFrom: "192.0.2.1",
          after: { known: false },
        },
      ],
    );
    expect(JSON.stringify(found.map(({ id: _, ...rest }) => rest))).not.toContain(tokenSent());
  });

  test("is asked for three times an hour for an address, however many ask at once, and thirty times from one place", async () => {
    const ask = (email: string, from: string | null) => holdMails(email, from).catch(({ reason }) => reason.reason);
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask("m@example.com", `198.51.100.${index}`)),
    );
    expect(asked.filter((outcome) => outcome === undefined)).toHaveLength(3);
    expect(new Set(asked)).toEqual(new Set([undefined, "mail_often"]));
    const from = await Promise.all(
      Array.from({ length: 40 }, (_, index) => ask(`p${index}@example.com`, "203.0.113.7")),
    );
    expect(from.filter((outcome) => outcome === undefined)).toHaveLength(30);
  });

  test("several processes count together", async () => {
    const processes = await Promise.all(
      [0, 1, 2].map(async () => {
        vi.resetModules();
        return (await import("@/lib/accounts/rates")).holdMails;
      }),
    );
    const tries = processes.flatMap((hold) => [0, 1, 2].map(() => hold("several@example.com", null)));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  });
});

test("who gets in by something else from now on is told at the address they had", async () => {
  await sendChange({ name: "Maria", to: maria.email, what: "e-mail address" }, headers);
  expect(server.mails).toMatchObject([{ to: maria.email, subject: "Your e-mail address was changed" }]);
  expect(server.mails[0]?.text).toContain("from 192.0.2.1");
  expect(server.mails[0]?.text).not.toContain("/enter/");
});
