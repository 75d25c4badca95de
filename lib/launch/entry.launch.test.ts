import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";
import { afterAll, beforeEach, expect, test } from "vitest";
import { anotherDatabase } from "@/lib/testing/database";
import { ready, type Start, startProgram, until } from "@/lib/testing/program";
import { administrator, sendForm, sessionOf, signIn } from "@/lib/testing/sign-in";
import { runNode } from "./child";
import { temporaryFolder } from "./temporary";

let folder = temporaryFolder();
afterAll(() => folder.remove());
beforeEach(() => {
  folder.remove();
  folder = temporaryFolder();
});

/** Does something on a server that runs on the folder, and stops it. */
async function serving(settings: Record<string, string>, run: (server: Start) => Promise<void>): Promise<void> {
  const server = await ready(await startProgram(folder.path, settings));
  try {
    await run(server);
  } finally {
    server.child.kill("SIGTERM");
    await server.ended;
  }
}

/** The path of the link that a start prints. */
async function printedLink({ printed }: Start): Promise<string> {
  const link = () => /Sign in +http:\/\/127\.0\.0\.1:\d+(\/enter\/[\w-]{43})\n/.exec(printed())?.[1];
  await until(() => link() !== undefined);
  return link() ?? "";
}

const statusOf = async (address: string, path: string, cookie = "") =>
  (await fetch(address + path, { headers: { cookie }, redirect: "manual" })).status;

test("the demo's link lets one in once, looking at it uses nothing up, and another start prints another", async () => {
  let path = "";
  await serving({ DEMO: "1" }, async (server) => {
    path = await printedLink(server);
    for (const _ of [1, 2])
      expect(await (await fetch(server.address + path)).text()).toContain("Look around in the demo");
    const cookie = await sessionOf(await sendForm(server.address, `${path}/demo`, {}));
    expect(await statusOf(server.address, "/applications/1/campaigns/1/referrals", cookie)).toBe(200);
    expect(await statusOf(server.address, "/applications/1/campaigns/1/referrals")).toBe(307);
    await expect(sessionOf(await sendForm(server.address, `${path}/demo`, {}))).rejects.toThrow("303");
    expect(await (await fetch(server.address + path)).text()).toContain("This link lets nobody in any more");
  });
  await serving({ DEMO: "1" }, async (server) => {
    expect(await printedLink(server)).not.toBe(path);
  });
}, 120_000);

test("without the demo a link makes the first administrator; then no start prints one, and a terminal gives access back", async () => {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = administrator;
  const DATABASE_URL = await anotherDatabase();
  await serving({ DATABASE_URL }, async (server) => {
    const path = await printedLink(server);
    const short = await sendForm(server.address, `${path}/first`, { name: "Maria", email, password: "short" });
    expect(short.headers.get("location")).toMatch(/\/enter\/[\w-]+\?form=/);
    const maria = { name: "Maria", email, password };
    const cookie = await sessionOf(await sendForm(server.address, `${path}/first`, maria));
    expect(await (await fetch(`${server.address}/account`, { headers: { cookie } })).text()).toContain(email);
    const other = { ...maria, email: "other@example.com" };
    await expect(sessionOf(await sendForm(server.address, `${path}/first`, other))).rejects.toThrow("303");

    const environment = { DATABASE_URL };
    const link = await runNode(["lib/launch/run.mjs", "sign-in-link", "--email", email], { environment });
    expect(link.code, link.output).toBe(0);
    const reset = /\/enter\/[\w-]{43}$/.exec(link.output.trimEnd())?.[0] ?? "";
    const next = { password: "another long password" };
    const again = await sessionOf(await sendForm(server.address, `${reset}/password`, next));
    expect(await statusOf(server.address, "/account", again)).toBe(200);
    expect(await statusOf(server.address, "/account", cookie)).toBe(307);
    const nobody = await runNode(["lib/launch/run.mjs", "sign-in-link", "--email", "n@example.com"], { environment });
    expect(nobody.code).toBe(1);
    expect(nobody.output).toContain("--email is “n@example.com”, and nobody here has that address.");
  });
  await serving({ DATABASE_URL }, async (server) => {
    expect(await statusOf(server.address, "/sign-in")).toBe(200);
    expect(server.printed()).not.toContain("/enter/");
  });
}, 180_000);

/** Sets up a second factor as its pages do, and gives its secret. */
async function setUpFactor(address: string, cookie: string, password: string): Promise<string> {
  const path = "/account/second-factor";
  const begun = await sendForm(address, `${path}/begin`, { password }, { cookie });
  const setup = begun.headers.getSetCookie().find((set) => set.startsWith("referrals-setup="));
  const cookies = `${cookie}; ${setup?.split(";", 1)[0]}`;
  const page = await (await fetch(address + path, { headers: { cookie: cookies } })).text();
  const secret = /secret=([A-Z2-7]{32})/.exec(page)?.[1] ?? "";
  const code = await createOTP(base32.decode(secret)).totp();
  const confirmed = await sendForm(address, `${path}/confirm`, { code }, { cookie: cookies });
  expect(confirmed.headers.get("location")).toMatch(/second-factor\/codes/);
  return secret;
}

test("a link asks for the second factor of whose it is, and a terminal takes that away", async () => {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: before } = administrator;
  const DATABASE_URL = await anotherDatabase();
  const environment = { DATABASE_URL };
  const linkBy = async (...more: string[]) => {
    const { output } = await runNode(["lib/launch/run.mjs", "sign-in-link", "--email", email, ...more], {
      environment,
    });
    return { output, path: /\/enter\/[\w-]{43}$/.exec(output.trimEnd())?.[0] ?? "" };
  };
  await serving({ ...administrator, DATABASE_URL }, async ({ address }) => {
    await setUpFactor(address, await signIn(address), before);
    const password = "another long password";
    const link = await linkBy();
    const reset = await sendForm(address, `${link.path}/password`, { password });
    expect(reset.headers.get("location")).toBe("/sign-in/code");
    await expect(sessionOf(reset)).rejects.toThrow("nobody was signed in");
    const signedIn = await sendForm(address, "/sign-in/send", { email, password, to: "/account" });
    expect(signedIn.headers.get("location")).toBe("/sign-in/code?to=%2Faccount");
    await expect(sessionOf(signedIn)).rejects.toThrow("nobody was signed in");

    const without = await linkBy("--without-second-factor");
    expect(without.output).toContain("taken away");
    await sessionOf(await sendForm(address, "/sign-in/send", { email, password }));
    expect(await statusOf(address, without.path)).toBe(200);
    expect((await linkBy("--without-second-factor")).output).toContain("there was none");
  });
}, 180_000);

test("settings make the first administrator, once", async () => {
  const DATABASE_URL = await anotherDatabase();
  await serving({ ...administrator, DATABASE_URL }, async ({ address, printed }) => {
    expect(await statusOf(address, "/account", await signIn(address))).toBe(200);
    expect(printed()).toContain(`${administrator.ADMIN_EMAIL} is the administrator`);
    expect(printed()).not.toContain(administrator.ADMIN_PASSWORD);
  });
  const settings = { ...administrator, ADMIN_PASSWORD: "another long password", DATABASE_URL };
  await serving(settings, async ({ address }) => {
    expect(await statusOf(address, "/account", await signIn(address))).toBe(200);
  });
}, 120_000);
