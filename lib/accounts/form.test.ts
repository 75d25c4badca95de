import { expect, test } from "vitest";
import { z } from "zod";
import { flashCookie, readFlash } from "@/lib/accounts/flash";
import { formEndpoint } from "@/lib/accounts/form";
import { DomainError } from "@/lib/errors";

const input = z.strictObject({ email: z.email("No address."), password: z.string(), to: z.string().optional() });
const endpoint = formEndpoint(
  input,
  (_, { to }) => (to ? `/form?to=${to}` : "/form"),
  async ({ email }) => {
    if (email === "wrong@example.com") throw new DomainError("forbidden", { reason: "sign_in_wrong" });
    return { to: "/done", cookies: ["a=1; Path=/"], ...(email === "said@example.com" && { says: "Saved." }) };
  },
);

async function sent(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const request = new Request("http://shop.test/form/send", {
    method: "POST",
    headers: { host: "shop.test", origin: "http://shop.test", ...headers },
    body: new URLSearchParams(fields),
  });
  const answer = await endpoint(request, { params: Promise.resolve({}) });
  const to = answer.headers.get("location") ?? "";
  const name = flashCookie(request.headers);
  const flash = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));
  const value = flash?.slice(name.length + 1).split(";")[0];
  const mark = new URL(to, "http://shop.test").searchParams.get("form") ?? undefined;
  return { status: answer.status, to, flash, shown: readFlash(value, mark), value };
}

const password = "a secret that is long";

test("what was done leads on, with its cookies", async () => {
  const { status, to, flash } = await sent({ email: "m@example.com", password });
  expect([status, to, flash]).toEqual([303, "/done", undefined]);
  expect((await sent({ email: "said@example.com", password })).shown).toEqual({
    done: "Saved.",
    fields: {},
    typed: {},
  });
});

test("what is refused leads back, and the page shows why and what was typed, but for the password", async () => {
  const { to, shown, flash, value } = await sent({ email: "wrong@example.com", password, to: "x" });
  expect(to).toMatch(/^\/form\?to=x&form=[\w-]+$/);
  expect(shown).toEqual({
    message: expect.stringContaining("do not go together"),
    fields: {},
    typed: { email: "wrong@example.com" },
  });
  expect(flash).toMatch(/; Path=\/; Max-Age=120; HttpOnly; SameSite=Lax$/);
  expect(Buffer.from(value ?? "", "base64url").toString()).not.toContain(password);
  expect((await sent({ email: "nowhere", password })).shown).toMatchObject({ fields: { email: "No address." } });
  expect((await sent({ email: "m@example.com", password, more: "x" })).shown).not.toBeNull();
});

test("another page's form, one that is no form, and one that is too large change nothing", async () => {
  const given = { email: "m@example.com", password };
  const odd: Record<string, string>[] = [
    { origin: "http://evil.test" },
    { "content-type": "text/plain" },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const headers of odd) expect((await sent(given, headers)).to).toMatch(/^\/form\?form=/);
  expect((await sent({ ...given, to: "x".repeat(20_000) })).shown?.message).toContain("larger than 16384 bytes");
});

test("over TLS its cookie is for TLS and this host alone; a mark of another form, or what somebody made up, shows nothing", async () => {
  const { flash, value } = await sent({ email: "nowhere", password }, { "x-forwarded-proto": "https" });
  expect(flash).toMatch(/^__Host-referrals-form=[\w-]+; Path=\/; Max-Age=120; HttpOnly; SameSite=Lax; Secure$/);
  for (const [cookie, mark] of [
    [value, "other"],
    [value, undefined],
    ["e30", "x"],
    ["%", "x"],
    [undefined, "x"],
  ] as const)
    expect(readFlash(cookie, mark)).toBeNull();
});

test("somebody else's page is led to by a page of ours, in which its address can end nothing", async () => {
  const url = 'https://id.example.com/authorize?a=1&b="><script>';
  const leading = formEndpoint(
    z.strictObject({}),
    () => "/form",
    async () => ({ elsewhere: url, cookies: ["a=1; Path=/"] }),
  );
  const headers = {
    host: "shop.test",
    origin: "http://shop.test",
    "content-type": "application/x-www-form-urlencoded",
  };
  const request = new Request("http://shop.test/form/send", { method: "POST", headers, body: "" });
  const answer = await leading(request, { params: Promise.resolve({}) });
  const page = await answer.text();
  expect([answer.status, answer.headers.get("location"), answer.headers.getSetCookie()]).toEqual([
    200,
    null,
    ["a=1; Path=/"],
  ]);
  expect(page).toContain('content="0;url=https://id.example.com/authorize?a=1&amp;b=%22%3E%3Cscript%3E"');
  expect(page).not.toContain("<script");
});
