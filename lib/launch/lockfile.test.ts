import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Dependencies = Record<string, string>;
type Package = {
  version?: string;
  resolved?: string;
  dependencies?: Dependencies;
  devDependencies?: Dependencies;
  optionalDependencies?: Dependencies;
};

const manifest: Package = JSON.parse(readFileSync("package.json", "utf8"));
const { packages }: { packages: Record<string, Package> } = JSON.parse(readFileSync("package-lock.json", "utf8"));

// What `npm ci` and lib/launch/install.mjs rely on; a lockfile written where some packages cannot be fetched lacks them.
test("the lockfile is of this package.json", () => {
  expect(packages[""]?.dependencies).toEqual(manifest.dependencies);
  expect(packages[""]?.devDependencies).toEqual(manifest.devDependencies);
});

test("the lockfile has the packages of every platform", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

test("packages come from the registry that is configured where they are installed", () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved)).toEqual([]);
});
