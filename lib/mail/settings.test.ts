import { expect, test } from "vitest";
import { mailSettings, readSender, readSmtpAddress } from "@/lib/mail/settings";

test.each([
  ["smtp://mail.example", { host: "mail.example", port: 587, secure: false }],
  ["smtps://mail.example", { host: "mail.example", port: 465, secure: true }],
  ["smtp://[::1]:2525/", { host: "::1", port: 2525, secure: false }],
  [
    "smtp://maria%40example.com:p%2Fss@mail.example:25",
    { host: "mail.example", port: 25, secure: false, auth: { user: "maria@example.com", pass: "p/ss" } },
  ],
])("%s is a mail server", (text, server) => expect(readSmtpAddress(text)).toEqual(server));

test.each([
  "",
  "mail.example",
  "http://mail.example",
  "smtp://",
  "smtp://maria@mail.example",
  "smtp://maria:pa/ss@mail.example",
  "smtp://maria:pa%ss@mail.example",
  "smtp://mail.example/?requireTLS=false",
  "smtp://mail.example:99999",
])("“%s” is none", (text) => expect(readSmtpAddress(text)).toBeNull());

test.each([
  ["referrals@example.com", { name: "", address: "referrals@example.com" }],
  ["Referrals of Shop <referrals@example.com>", { name: "Referrals of Shop", address: "referrals@example.com" }],
  ["Referrals", null],
  ["a@b.example, c@d.example", null],
  ["Referrals\r\nBcc: x@y.example <a@b.example>", null],
])("the sender of “%s”", (text, sender) => expect(readSender(text)).toEqual(sender));

test("mails are sent where both settings are there", () => {
  const [SMTP_URL, MAIL_FROM] = ["smtp://mail.example", "a@b.example"];
  expect(mailSettings({ SMTP_URL, MAIL_FROM })).toMatchObject({
    server: { port: 587 },
    from: { address: "a@b.example" },
  });
  expect(mailSettings({ SMTP_URL })).toBeNull();
  expect(mailSettings({})).toBeNull();
});
