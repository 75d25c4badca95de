import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeSession, makeCode, openShop } from "@/lib/stress/shop";
import { demoDatabase } from "@/lib/testing/database";
import { ready, type Start, startProgram, until } from "@/lib/testing/program";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { runNode } from "./child";
import { freePort } from "./free-port";
import { temporaryFolder } from "./temporary";

let folder: ReturnType<typeof temporaryFolder>;
let database = "";
let server: Start;
let port = 0;

beforeAll(async () => {
  folder = temporaryFolder();
  port = await freePort();
  database = await demoDatabase();
  const settings = { ...administrator, DATABASE_URL: database, HOST: "0.0.0.0", METRICS_PORT: String(port) };
  server = await ready(await startProgram(folder.path, settings));
}, 240_000);

afterAll(async () => {
  server?.child.kill("SIGTERM");
  await server?.ended;
  folder.remove();
});

/** The metrics by their lines, as programs read them. */
async function metrics(): Promise<Map<string, number>> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

test("requests, redemptions, connections, the background, the event loop and memory are told", async () => {
  const options = ["--kind", "integration", "--application", "1", "--name", "metrics"];
  const made = await runNode(["lib/launch/run.mjs", "api-key", ...options], {
    environment: { DATABASE_URL: database },
  });
  const shop = openShop(server.address, made.output.trimEnd().split("\n").at(-1) ?? "", 1);
  const { code } = await makeCode(shop, 1, 1);
  for (const friend of ["one", "two"]) await closeSession(shop, friend, code, friend);
  shop.close();
  const cookie = await signIn(server.address);
  for (const [path, status] of [
    ["/applications/1/campaigns/1/referrals?q=SECRET", 200],
    ["/nothing", 404],
  ] as const) {
    const answer = await fetch(server.address + path, { headers: { cookie }, redirect: "manual" });
    await answer.text();
    expect(answer.status).toBe(status);
  }
  const count = (route: string, method: string, status: number) =>
    `referrals_http_request_duration_seconds_count{route="${route}",method="${method}",status="${status}"}`;
  await until(async () => (await metrics()).has(count("page", "GET", 404)));
  const told = await metrics();
  expect(told.get(count("list", "GET", 200))).toBe(1);
  expect(told.get(count("page", "GET", 404))).toBe(1);
  expect(told.get(count("api_session", "PUT", 200))).toBe(2);
  expect(told.get('referrals_redemptions_total{result="accepted"}')).toBe(1);
  expect(told.get('referrals_redemptions_total{result="ReferralLimitReached"}')).toBe(1);
  for (const name of [
    'referrals_database_connections{pool="main",state="waiting"}',
    'referrals_database_connections{pool="lists",state="idle"}',
    'referrals_background_rows{queue="operations"}',
    'referrals_background_oldest_seconds{queue="schedules"}',
    "referrals_nodejs_eventloop_lag_p99_seconds",
    "referrals_process_resident_memory_bytes",
  ])
    expect(told.has(name), name).toBe(true);
  expect([...told.keys()].join()).not.toMatch(/SECRET|rfi_|campaigns/); // no address, code or key is in a label
});

test("they are for this machine alone, and there is nothing else on their port", async () => {
  expect((await fetch(`http://127.0.0.1:${port}/applications`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${server.address}/metrics`)).status).toBe(404); // on the service's own port, which others reach
  const outside = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ internal, family }) => !internal && family === "IPv4");
  const reached = await new Promise((resolve) => {
    const socket = connect({ port, host: outside?.address ?? "127.0.0.2" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  });
  expect(reached).toBe(false);
});
