import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { operator } from "@/lib/access/actor";
import { sessionCookieName } from "@/lib/access/session-cookie";
import { type SignedIn, signedInBy } from "@/lib/access/signed-in";
import { flashCookie, readFlash } from "@/lib/accounts/flash";
import { makeFirst, makePerson } from "@/lib/accounts/people";
import { keepSealed } from "@/lib/accounts/sealed";
import { db } from "@/lib/db";
import { type Attempt, attemptOf, keepAttempt } from "@/lib/oidc/attempt";
import { oidcCallback, oidcForm } from "@/lib/oidc/forms";
import { linkedSignIns, unlinkSignIn } from "@/lib/oidc/linked";
import { beginAt, finishAt } from "@/lib/oidc/provider";
import { oidcSettings } from "@/lib/oidc/settings";
import { type OidcDouble, type OidcFault, startOidc } from "@/lib/testing/oidc";

const origin = "http://referrals.test";
const maria = { name: "Maria", email: "maria@example.com", password: "correct horse battery" };
let provider: OidcDouble;
let personId = "";

beforeEach(async () => {
  provider = await startOidc();
  for (const [name, value] of Object.entries(provider.settings)) vi.stubEnv(name, value);
  await db.person.deleteMany();
  personId = await makeFirst(maria);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await provider.stop();
});

const sent = (cookies: string[]) => cookies.map((cookie) => cookie.split(";", 1)[0]).join("; ");
const headersWith = (cookie: string) => ({ host: "referrals.test", "x-forwarded-for": "192.0.2.1", cookie });

/** Presses the button. @returns the provider's page, and what the browser has then */
async function begin(to = "/applications?q=1", more = {}): Promise<{ url: string; cookie: string; answer: Response }> {
  const request = new Request(`${origin}/sign-in/oidc`, {
    method: "POST",
    headers: { ...headersWith(""), origin, ...more },
    body: new URLSearchParams({ to }),
  });
  const answer = await oidcForm(request, { params: Promise.resolve({}) });
  const [, url = ""] = /content="0;url=([^"]*)"/.exec(await answer.clone().text()) ?? [];
  return { url: url.replaceAll("&amp;", "&"), cookie: sent(answer.headers.getSetCookie()), answer };
}

/** The address that the provider leads back to. */
async function atProvider(url: string): Promise<string> {
  return (await fetch(url, { redirect: "manual" })).headers.get("location") ?? "";
}

interface Outcome {
  to: string;
  message: string | undefined;
  person: SignedIn | null;
  cookies: string[];
}

async function comeBack(address: string, cookie: string): Promise<Outcome> {
  const answer = await oidcCallback(new Request(address, { headers: headersWith(cookie) }));
  const cookies = answer.headers.getSetCookie();
  const given = (name: string) =>
    cookies
      .find((one) => one.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .split(";", 1)[0];
  const location = answer.headers.get("location") ?? "";
  const mark = new URL(location, origin).searchParams.get("form") ?? undefined;
  const session = given(sessionCookieName(false));
  return {
    to: location,
    message: readFlash(given(flashCookie(new Headers())), mark)?.message,
    person: await signedInBy(session && decodeURIComponent(session)),
    cookies,
  };
}

async function signInThere(): Promise<Outcome> {
  const { url, cookie } = await begin();
  return comeBack(await atProvider(url), cookie);
}

describe("who gets in", () => {
  test("somebody with a verified address here, who is linked with it and led on to where they were going", async () => {
    const { to, person, message } = await signInThere();
    expect({ to, message }).toEqual({ to: "/applications?q=1", message: undefined });
    expect(person).toMatchObject({ id: personId, name: "Maria" });
    const [linked] = await db.credential.findMany({ where: { providerId: provider.settings.OIDC_ISSUER } });
    expect(linked).toMatchObject({ accountId: "1", personId, password: null, idToken: null, accessToken: null });
  });

  test("from then on the same identity, whatever address it has; each time with a session of its own", async () => {
    const first = await signInThere();
    provider.person = { sub: "1", email: "another@example.com", email_verified: false };
    const second = await signInThere();
    expect(second.person?.id).toBe(personId);
    expect(second.person?.sessionId).not.toBe(first.person?.sessionId);
  });

  test("not another identity with the address of somebody who is linked already", async () => {
    await signInThere();
    provider.person = { sub: "2", email: maria.email, email_verified: true };
    expect(await signInThere()).toMatchObject({ person: null, message: expect.stringContaining("Nobody here has") });
    expect(await db.credential.count({ where: { personId } })).toBe(2);
  });

  test("somebody who was invited, who has entered with it", async () => {
    await db.person.deleteMany();
    const invited = await db.$transaction((tx) => makePerson(tx, maria, operator));
    expect((await signInThere()).person?.id).toBe(invited);
    expect(await db.credential.count({ where: { personId: invited } })).toBe(1);
  });

  test("by an address that the user info tells alone, however it is written", async () => {
    provider.thinTokens = true;
    provider.person = { sub: "1", email: "Maria@Example.com", email_verified: "true" };
    expect((await signInThere()).person?.id).toBe(personId);
  });

  test("of ten who come in at once with one identity, all, linked once", async () => {
    const begun = await Promise.all(Array.from({ length: 10 }, () => begin()));
    const outcomes = await Promise.all(begun.map(async ({ url, cookie }) => comeBack(await atProvider(url), cookie)));
    expect(outcomes.map(({ person }) => person?.id)).toEqual(Array.from({ length: 10 }, () => personId));
    expect(await db.credential.count({ where: { personId } })).toBe(2);
  });

  test.each([
    ["an address that nobody has", { sub: "9", email: "nobody@example.com", email_verified: true }],
    ["an address that is not verified", { sub: "9", email: maria.email, email_verified: false }],
    ["an address of which the provider says nothing", { sub: "9", email: maria.email }],
    ["no address", { sub: "9" }],
    ["what is no address", { sub: "9", email: "maria", email_verified: true }],
  ])("nobody else: %s", async (_, stranger) => {
    provider.person = stranger;
    const { to, message, person } = await signInThere();
    expect(to).toMatch(/^\/sign-in\?to=%2Fapplications%3Fq%3D1&form=/);
    expect(message).toBe(
      "Nobody here has an e-mail address that Example ID says is yours. Ask an admin to invite you by that address.",
    );
    expect(person).toBeNull();
    expect(await db.person.count()).toBe(1);
    expect(await db.credential.count()).toBe(1);
  });
});

test("a disabled account is not let in, linked or not", async () => {
  await db.person.update({ where: { id: personId }, data: { disabled: new Date() } });
  const disabled = { person: null, message: expect.stringContaining("The account of Maria is disabled") };
  expect(await signInThere()).toMatchObject(disabled);
  expect(await db.credential.count({ where: { personId } })).toBe(1);
  await db.person.update({ where: { id: personId }, data: { disabled: null } });
  expect((await signInThere()).person?.id).toBe(personId);
  await db.person.update({ where: { id: personId }, data: { disabled: new Date() } });
  expect(await signInThere()).toMatchObject(disabled);
});

describe("what is not trusted", () => {
  const wrong = "cannot be trusted";
  test.each<[OidcFault, string]>([
    ["issuer", wrong],
    ["audience", wrong],
    ["nonce", wrong],
    ["expired", wrong],
    ["signature", wrong],
    ["unsigned", wrong],
    ["denied", "did not sign you in, or you cancelled"],
    ["failing", "could not be reached"],
  ])("a provider's fault: %s", async (fault, words) => {
    const { url, cookie } = await begin();
    if (fault !== "failing") provider.fault = fault; // which would have nobody led back
    const back = await atProvider(url);
    provider.fault = fault;
    const outcome = await comeBack(back, cookie);
    expect(outcome.message).toContain(words);
    expect(outcome.person).toBeNull();
    expect(await db.personSession.count()).toBe(0);
  });

  test.each<OidcFault>(["discovered_issuer", "failing"])("a provider that cannot be asked: %s", async (fault) => {
    provider.fault = fault;
    const { answer } = await begin();
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toMatch(/^\/sign-in\?to=%2Fapplications%3Fq%3D1&form=/);
  });

  test("a provider that does not answer holds nobody for long", async () => {
    const settings = oidcSettings();
    if (!settings) throw new Error("no settings");
    const redirectUri = `${origin}/sign-in/oidc/callback`;
    const { held } = await beginAt(settings, redirectUri);
    provider.fault = "silent";
    const attempt: Attempt = { ...held, redirectUri, to: "/" };
    await expect(finishAt(settings, attempt, `?code=x&state=${held.state}`, 200)).rejects.toMatchObject({
      reason: { reason: "oidc_away", name: "Example ID" },
    });
  });

  test("an answer that this browser did not ask for, one that was used, and one after ten minutes", async () => {
    const { url, cookie } = await begin();
    const back = await atProvider(url);
    const over = expect.stringContaining("took more than 10 minutes, or was begun again elsewhere");
    expect(await comeBack(back, "")).toMatchObject({ message: over, person: null });
    expect(await comeBack(back, (await begin()).cookie)).toMatchObject({ message: over, person: null });
    expect(await comeBack(back.replace(/state=[^&]*/, "state=x"), cookie)).toMatchObject({
      message: over,
      person: null,
    });
    const { person, cookies } = await comeBack(back, cookie);
    expect(person?.id).toBe(personId);
    expect(cookies.find((one) => one.startsWith("referrals-oidc="))).toContain("Max-Age=0");
    expect(await comeBack(back, cookie)).toMatchObject({ person: null, message: expect.stringContaining(wrong) });
  });

  test("a cookie that is older, changed, of another use, or none", async () => {
    const attempt: Attempt = { state: "s", nonce: "n", verifier: "v", redirectUri: origin, to: "/" };
    const read = (cookie: string) => attemptOf(new Headers({ cookie }));
    const kept = sent([await keepAttempt(attempt, new Headers())]);
    expect(await read(kept)).toEqual(attempt);
    const old = sent([await keepAttempt(attempt, new Headers(), Date.now() - 10 * 60 * 1000 - 1)]);
    const other = sent([await keepSealed("setup", attempt, new Headers())]).replace("-setup=", "-oidc=");
    for (const wrong of ["", "referrals-oidc=", "referrals-oidc=x", `${kept.slice(0, -2)}00`, old, other])
      expect(await read(wrong)).toBeNull();
    const far = { ...attempt, to: `/${"x".repeat(1500)}` };
    expect((await read(sent([await keepAttempt(far, new Headers())])))?.to).toBe("/");
    const long = await keepAttempt({ ...attempt, to: `/${"x".repeat(900)}` }, new Headers());
    expect(long.length).toBeLessThan(4096);
  });

  test("a form of another site begins nothing, and without a provider there is nothing to begin", async () => {
    expect((await begin("/", { origin: "http://evil.test" })).url).toBe("");
    vi.stubEnv("OIDC_ISSUER", "");
    expect((await begin()).url).toBe("");
    expect((await comeBack(`${origin}/sign-in/oidc/callback?code=a&state=b`, "")).message).toContain("no other way");
  });

  test("the provider is asked for a code with state, nonce and PKCE, and the cookie is for this host and ten minutes", async () => {
    const { url, answer } = await begin("//evil.example/", { "x-forwarded-proto": "https" });
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      response_type: "code",
      scope: "openid email",
      redirect_uri: `${origin}/sign-in/oidc/callback`,
      code_challenge_method: "S256",
      state: expect.stringMatching(/^.{30,}$/),
      nonce: expect.stringMatching(/^.{30,}$/),
      code_challenge: expect.stringMatching(/^.{40,}$/),
    });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-referrals-oidc=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/);
    const tls = new Headers({ "x-forwarded-proto": "https", cookie: sent([cookie ?? ""]) });
    expect((await attemptOf(tls))?.to).toBe("/");
  });
});

describe("one's own account", () => {
  async function linkedPerson(): Promise<SignedIn> {
    const { person } = await signInThere();
    if (!person) throw new Error("nobody is signed in");
    return person;
  }

  test("shows what is linked, and unlinks it where a password is left", async () => {
    const person = await linkedPerson();
    const [linked] = await linkedSignIns(person);
    expect(linked).toMatchObject({ name: "Example ID", since: expect.any(Date) });
    expect(await unlinkSignIn(person, linked?.id ?? "")).toBe("Example ID");
    expect(await linkedSignIns(person)).toEqual([]);
    await expect(unlinkSignIn(person, linked?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    expect((await signInThere()).person?.id).toBe(personId); // by the address again
  });

  test("keeps the only way in, unlinks nobody else's, and never a password", async () => {
    const person = await linkedPerson();
    const [linked] = await linkedSignIns(person);
    const other = { ...person, id: "other" };
    await expect(unlinkSignIn(other, linked?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    const password = await db.credential.findFirstOrThrow({ where: { providerId: "credential" } });
    await expect(unlinkSignIn(person, password.id)).rejects.toMatchObject({ code: "not_found" });
    await db.credential.delete({ where: { id: password.id } });
    await expect(unlinkSignIn(person, linked?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
      message: "Example ID is your only way in. Set a password first, then unlink it.",
    });
    const passkey = {
      id: "a",
      personId,
      name: "Phone",
      host: "referrals.test",
      publicKey: Buffer.from("x"),
      counter: 0n,
      transports: [],
    };
    await db.passkey.create({ data: passkey, select: { id: true } });
    expect(await unlinkSignIn(person, linked?.id ?? "")).toBe("Example ID"); // a passkey is another way in
  });
});

test("what was done is on record: linked, signed in by whom, refused, unlinked", async () => {
  const since = new Date();
  const { person } = await signInThere();
  if (!person) throw new Error("nobody is signed in");
  provider.person = { sub: "9", email: "nobody@example.com", email_verified: true };
  await signInThere();
  const [linked] = await linkedSignIns(person);
  await unlinkSignIn(person, linked?.id ?? "");
  const found = await db.auditEntry.findMany({ where: { at: { gte: since } }, orderBy: { id: "asc" } });
  expect(found.map(({ event, subject, actorName }) => [event, subject, actorName])).toEqual([
    ["sign_in_linked", "Example ID", "Maria"],
    ["signed_in", "by Example ID", "Maria"],
    ["sign_in_refused", "nobody@example.com", "nobody@example.com"],
    ["sign_in_unlinked", "Example ID", "Maria"],
  ]);
});
