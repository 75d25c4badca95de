import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { person } from "@/lib/access/actor";
import { admit, type CampaignIds } from "@/lib/access/scope";
import { findLink } from "@/lib/accounts/links";
import { mailLink } from "@/lib/accounts/mailed";
import { handOverLink, inviteMember } from "@/lib/members/commands";
import { mailInvitation } from "@/lib/members/mailed";
import { makeCampaign } from "@/lib/testing/builders";
import { type SmtpDouble, startSmtp } from "@/lib/testing/smtp";

vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "127.0.0.1:3000" }) }));

const root = person({ id: "root", name: "Root", administrator: true, roles: new Map() });
let ids: CampaignIds;
let server: SmtpDouble;
const scope = () => admit(root, { applicationId: ids.applicationId }, "members.write");
const invited = () => inviteMember(scope(), { name: "Ada", email: `${randomUUID()}@example.com`, role: "viewer" });
const tokenSent = () => /^http:\/\/127\.0\.0\.1:3000\/enter\/([\w-]{43})$/m.exec(server.mails.at(-1)?.text ?? "")?.[1];

beforeEach(async () => {
  ids = await makeCampaign();
  server = await startSmtp();
  vi.stubEnv("SMTP_URL", server.url);
  vi.stubEnv("MAIL_FROM", "referrals@example.com");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

test("an invitation is sent to whose it is, with its link and by whom", async () => {
  const made = await invited();
  expect(await mailInvitation(scope(), made)).toEqual({ to: made.email, problem: null });
  expect(server.mails).toMatchObject([{ to: made.email, text: expect.stringContaining("Root made you a member of") }]);
  expect(tokenSent()).toBe(made.link?.token);
});

test("a link to get in again is sent, and where that fails its maker is told why and still has it", async () => {
  const { personId, email } = await invited();
  const made = await handOverLink(scope(), { personId });
  expect(await mailLink(made)).toEqual({ to: email, problem: null });
  expect(tokenSent()).toBe(made.link.token);
  server.fault = "refuses_recipient";
  expect(await mailLink(made)).toEqual({ to: email, problem: "address" });
  expect(await findLink(made.link.token)).toMatchObject({ personId });
});

test("without a link, or where no mail is set up, nothing is sent", async () => {
  const made = await invited();
  expect(await mailInvitation(scope(), { ...made, link: null })).toBeNull();
  vi.stubEnv("SMTP_URL", "");
  expect(await mailInvitation(scope(), made)).toBeNull();
  expect(server.mails).toEqual([]);
});
