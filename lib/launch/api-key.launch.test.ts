import { afterAll, beforeAll, expect, test } from "vitest";
import { ready, type Start, startProgram } from "@/lib/testing/program";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { runNode } from "./child";
import { temporaryFolder } from "./temporary";

let folder: ReturnType<typeof temporaryFolder>;
let server: Start;

const apiKey = (...args: string[]) =>
  runNode(["lib/launch/run.mjs", "api-key", ...args], { environment: { DATA_DIR: folder.path, DATABASE_URL: "" } });
const tried = (key: string) =>
  fetch(`${server.address}/v2/customer_sessions/first-try?dry=true`, {
    method: "PUT",
    headers: { authorization: `ApiKey-v1 ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ customerSession: { profileId: "first-try" } }),
  }).then(({ status }) => status);

beforeAll(async () => {
  folder = temporaryFolder();
  server = await ready(await startProgram(folder.path, { ...administrator, DEMO: "1" }));
}, 180_000);

afterAll(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  folder.remove();
});

test("a key is made beside a running server, which takes it; it stands alone on the last line", async () => {
  const { code, output } = await apiKey("--kind", "integration", "--application", "1", "--name", "Web shop");
  expect(code, output).toBe(0);
  const key = output.trimEnd().split("\n").at(-1) ?? "";
  expect(key).toMatch(/^rfi_1_[A-Za-z0-9_-]{43}$/);
  expect(output.split(key)).toHaveLength(2);
  expect(output).toContain("Authorization: ApiKey-v1 <key>");
  expect(await tried(key)).toBe(200);
  expect(await tried(`${key.slice(0, -2)}AA`)).toBe(401);
  const page = await (
    await fetch(`${server.address}/applications/1/keys`, { headers: { cookie: await signIn(server.address) } })
  ).text();
  expect(page).toContain("operator");
  expect(page).not.toContain(key);
});

test("what cannot be made is refused with 1 and its mend, and no key", async () => {
  const wrong = ["--kind", "shop", "--per-second", "0"];
  const needed = ["--kind", "management", "--name", "ERP", "--application"];
  const answers = [
    { args: wrong, says: ["--kind is “shop”", "--per-second: “0” is no rate", "--name is missing", "It is used so:"] },
    { args: [...needed, "77"], says: ["--application is “77”, and there is no such application; there are 1 “"] },
    { args: [...needed, "1", "--expires", "2020-01-01T00:00:00Z"], says: ["--expires: This end has passed"] },
  ];
  for (const { args, says } of answers) {
    const { code, output } = await apiKey(...args);
    expect(code).toBe(1);
    for (const sentence of says) expect(output).toContain(sentence);
    expect(output).not.toMatch(/rf[im]_\d/);
    expect(output).not.toContain("    at "); // no stack
  }
});
