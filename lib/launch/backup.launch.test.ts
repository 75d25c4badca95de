import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contentsOf } from "@/lib/testing/backups";
import { emptyDatabase } from "@/lib/testing/database";
import { embeddedUrl, ready, type Start, startProgram } from "@/lib/testing/program";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { runNode } from "./child";
import { temporaryFolder } from "./temporary";

let folder: ReturnType<typeof temporaryFolder>;
let server: Start;

/** `npm run backup` or `restore`, called in the test's folder. */
const call = (task: "backup" | "restore", args: string[], settings: Record<string, string> = {}) =>
  runNode(["lib/launch/run.mjs", task, ...args], {
    environment: { DATA_DIR: join(folder.path, "data"), DATABASE_URL: "", INIT_CWD: folder.path, ...settings },
  });

beforeAll(async () => {
  folder = temporaryFolder();
  server = await ready(await startProgram(join(folder.path, "data"), { ...administrator, DEMO: "1" }));
}, 180_000);

afterAll(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  folder.remove();
});

test("a running server is backed up, restored into a PostgreSQL of one's own, and from there into an embedded one", async () => {
  const made = await call("backup", ["first.tar.gz"]);
  expect(made.code, made.output).toBe(0);
  expect(made.output).toMatch(/Backup +[\d,]+ rows of \d+ tables, [\d.]+ [kM]B, in [\d.]+ s: .*first\.tar\.gz/);

  const own = await emptyDatabase();
  const moved = await call("restore", ["first.tar.gz"], { DATABASE_URL: own });
  expect(moved.code, moved.output).toBe(0);
  expect(moved.output).toMatch(/Restored +[\d,]+ rows of \d+ tables, as of \d{4}-/);
  const named = await call("backup", [], { DATABASE_URL: own });
  expect(named.code, named.output).toBe(0);
  const second = readdirSync(folder.path).find((name) => /^referrals-\d{4}-\d\d-\d\dT\d{6}Z\.tar\.gz$/.test(name));

  const back = join(folder.path, "back");
  const returned = await call("restore", [second ?? ""], { DATA_DIR: back });
  expect(returned.code, returned.output).toBe(0);
  const served = await ready(await startProgram(back, { ...administrator, DEMO: "1" })); // which is for an empty database
  try {
    const list = await fetch(`${served.address}/applications/1/campaigns/1/referrals`, {
      headers: { cookie: await signIn(served.address) },
    });
    expect(await list.text()).toContain("Refer a friend");
    const { referral, redemption, customer_session } = await contentsOf(embeddedUrl(back));
    expect(await contentsOf(own)).toMatchObject({ referral, redemption, customer_session });
  } finally {
    served.child.kill("SIGTERM");
    await served.ended;
  }
}, 180_000);

test("what cannot be done is refused with 1, one sentence and the mend", async () => {
  writeFileSync(join(folder.path, "there.tar.gz"), "not a backup");
  const refusals: [Awaited<ReturnType<typeof call>>, string][] = [
    [await call("backup", ["there.tar.gz"]), "there.tar.gz is there already; name another one."],
    [await call("backup", ["none/there.tar.gz"]), "There is no folder"],
    [await call("backup", ["--all"]), "It is used so: npm run backup -- referrals.tar.gz"],
    [await call("restore", []), "Name the file that is to be restored"],
    [await call("restore", ["none.tar.gz"]), "There is no file"],
    [await call("restore", ["there.tar.gz"]), "is no backup of Referrals. Nothing was changed."],
  ];
  for (const [{ code, output }, sentence] of refusals) {
    expect(code).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toContain("    at "); // no stack
  }
});
