// Bodies that are far larger than is read are refused by the program as it runs, and it keeps nothing of them (B1, B2).
import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoDatabase } from "@/lib/testing/database";
import { watchMemory } from "@/lib/testing/memory";
import { ready, type Start, startProgram } from "@/lib/testing/program";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { runNode } from "./child";
import { temporaryFolder } from "./temporary";

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;
const upload = "/applications/1/campaigns/1/referrals/import/upload?name=large.csv";
const form = "/v1/applications/1/campaigns/1/import_referrals";
const header = "code,advocateprofileintegrationid\n";
const boundary = "part-of-the-test";

let folder: ReturnType<typeof temporaryFolder>;
let database = "";
let server: Start;
/** What whoever may send a file sends with it, by where it goes. */
let headers: Record<string, Record<string, string>>;

async function keyOf(kind: string): Promise<string> {
  const options = ["--kind", kind, "--application", "1", "--name", kind, "--per-second", "1000"];
  const { code, output } = await runNode(["lib/launch/run.mjs", "api-key", ...options], {
    environment: { DATABASE_URL: database },
  });
  expect(code, output).toBe(0);
  return output.trimEnd().split("\n").at(-1) ?? "";
}

beforeAll(async () => {
  folder = temporaryFolder();
  database = await demoDatabase();
  server = await ready(await startProgram(folder.path, { ...administrator, DATABASE_URL: database }));
  const type = `multipart/form-data; boundary=${boundary}`;
  const [integration, management] = [await keyOf("integration"), await keyOf("management")];
  headers = {
    [upload]: { cookie: await signIn(server.address), origin: server.address },
    [form]: { authorization: `ManagementKey-v1 ${management}`, "content-type": type },
    "/v1/referrals": { authorization: `ApiKey-v1 ${integration}`, "content-type": "application/json" },
  };
}, 240_000);

afterAll(async () => {
  server?.child.kill("SIGTERM");
  await server?.ended;
  folder.remove();
}, 60_000);

/** Begins a body with `start`, and then `piece` again and again until so much was sent. It never ends: the answer comes before that. */
function begin(path: string, start: string, piece: string, announced: boolean) {
  const length = announced && { "content-length": gibibyte };
  const asked = request(server.address + path, { method: "POST", headers: { ...headers[path], ...length } });
  const answer = new Promise<number>((resolve, reject) => {
    asked.on("error", reject).once("response", (response) => {
      response.on("error", () => undefined).resume();
      resolve(response.statusCode ?? 0);
    });
  });
  let over = false;
  // Once there is an answer, nothing more is taken; whoever waits for it hears of an error.
  const answered = answer
    .catch(() => undefined)
    .then(() => {
      over = true;
    });
  asked.write(start);
  const bytes = Buffer.from(piece);
  return {
    answer,
    async send(most: number): Promise<void> {
      for (let sent = 0; sent < most && !over; sent += bytes.length)
        if (!asked.write(bytes)) await Promise.race([once(asked, "drain"), answered]);
    },
    close: () => asked.destroy(),
  };
}

const part = `--${boundary}\r\nContent-Disposition: form-data; name="upFile"; filename="large.csv"\r\n\r\n`;
const many = (text: string) => text.repeat(Math.ceil(mebibyte / text.length));
const blanks = many(`${" ".repeat(50_000)}\n`); // which is read to the limit, and of which nothing is to be kept

// [what, where, its start, what follows, how many MiB of it are sent, whether it says that it is a gibibyte, the answer]
const bodies: [string, string, string, string, number, boolean, number][] = [
  ["a file that says that it is a gibibyte", upload, header, blanks, 1, true, 413],
  ["a form that says that it is a gibibyte", form, part, blanks, 1, true, 413],
  ["JSON that says that it is a gibibyte", "/v1/referrals", "{", blanks, 1, true, 413],
  ["a file without an end", upload, header, blanks, 478, false, 413],
  ["a form without a boundary and an end", form, "", many("x"), 478, false, 413],
  ["JSON without an end", "/v1/referrals", "{", blanks, 18, false, 413],
  ["a file of one quote", upload, `${header}"`, many("x"), 2, false, 400],
  ["a file of commas", upload, "", many(","), 2, false, 400],
  ["a file of names of columns", upload, "", many("column,"), 2, false, 400],
  ["a file of NULs", upload, header, many("\0"), 1, false, 400],
  ["a form of files", form, "", many(`${part}${header}\r\n`), 1, false, 400],
];

test.each(bodies)(
  "%s is refused before its end, and the program grows by no more than 64 MiB",
  async (_, path, start, piece, most, announced, status) => {
    const small = begin(path, start, piece, announced); // what reading takes by itself is taken from then on
    await small.send(Math.min(most * mebibyte, mebibyte));
    small.close();
    const { growth } = await watchMemory(server.child.pid ?? 0, async () => {
      const large = begin(path, start, piece, announced);
      await large.send(most * mebibyte);
      expect(await large.answer).toBe(status);
      large.close();
    });
    expect(growth / mebibyte).toBeLessThan(64);
  },
);
