import { expect, test } from "vitest";
import { grantable } from "@/lib/keys/rules";
import { readKeyOptions } from "./api-key-options";
import { LaunchProblem } from "./problem";

const needed = ["--kind", "integration", "--application", "1", "--name", "Web shop"];

/** What is said of options that are refused, without the line that says how they are used. */
function refusal(...args: string[]): string[] {
  try {
    readKeyOptions(args);
  } catch (error) {
    expect(error).toBeInstanceOf(LaunchProblem);
    const lines = (error as LaunchProblem).message.split("\n");
    expect(lines.pop()).toMatch(/^It is used so: npm run api-key -- --kind /);
    return lines;
  }
  return [];
}

test("what is not said is usual: all that the kind can, 1,000 requests a second, no end", () => {
  expect(readKeyOptions(needed)).toEqual({
    kind: "integration",
    applicationId: 1,
    name: "Web shop",
    perSecond: 1000,
    expires: null,
  });
});

test("every option is read, with = as well, and a permission as often as it is given", () => {
  const args = ["--kind=management", "--application=7", "--name", "ERP", "--expires", "2099-01-31T00:00:00+01:00"];
  const more = ["--per-second", "50", "--permission", "referrals.read", "--permission", "referrals.export"];
  expect(readKeyOptions([...args, ...more])).toEqual({
    kind: "management",
    applicationId: 7,
    name: "ERP",
    permissions: ["referrals.read", "referrals.export"],
    perSecond: 50,
    expires: new Date("2099-01-30T23:00:00Z"),
  });
});

test("all that is missing is said at once", () => {
  expect(refusal()).toEqual([
    "--application is missing; give the id of the application, such as 1.",
    "--kind is missing; give integration for a shop, or management for a back office.",
    "--name is missing; give the name of the program that sends the key, such as “Web shop”.",
  ]);
});

test.each<[string[], string | RegExp]>([
  [["--kind", "shop"], "--kind is “shop”: A key is of the kind “integration” or “management”."],
  [["--application", "one"], /^--application is “one”: This is no positive whole number/],
  [["--application", "0"], /^--application is “0”: /],
  [["--name", ""], "--name is “”: A name has 1 to 100 characters; this one has 0."],
  [["--name", "x".repeat(101)], /^--name is “x{40}…”: A name has 1 to 100 characters; this one has 101\.$/],
  [["--per-second", "many"], /^--per-second: “many” is no rate: it is a whole number .+ from 1 to 100,000\.$/],
  [["--per-second", "0"], /^--per-second: “0” is no rate/],
  [["--per-second", "100001"], /^--per-second: “100001” is no rate/],
  [["--expires", "tomorrow"], /^--expires: “tomorrow” is no date: .+ like 2026-11-01T00:00:00Z/],
  [["--expires", "2027-01-31"], /^--expires: “2027-01-31” is no date: /],
  [
    ["--permission", "all"],
    /^--permission: “all” is nothing that a key can be allowed\. There are: applications\.read, /,
  ],
  [["--permission", "constructor"], /^--permission: “constructor” is nothing that a key can be allowed\./],
  [["--permission", "keys.write"], /^--permission: A key of the kind “integration” cannot be allowed “keys\.write”\./],
  [["--permission", "referrals.edit"], `can be allowed: ${grantable("integration").join(", ")}.`],
])("%j is refused with its mend", (args, says) => {
  const kept = needed.flatMap((one, at) => (at % 2 === 0 && one !== args[0] ? [one, needed[at + 1] ?? ""] : []));
  const lines = refusal(...kept, ...args);
  expect(lines).toHaveLength(1);
  if (typeof says === "string") expect(lines[0]).toContain(says);
  else expect(lines[0]).toMatch(says);
});

test("what is no option, has no value, is given twice or stands alone is refused", () => {
  expect(refusal(...needed, "--nmae", "x")[0]).toMatch(/^--nmae is no option; there are --kind, --application, /);
  expect(refusal(...needed, "shop")).toEqual(["“shop” belongs to no option; put a text with blanks in quotes."]);
  expect(refusal(...needed, "--per-second")).toEqual(["--per-second has no value; write it behind it."]);
  expect(refusal(...needed, "--kind", "management")).toEqual(["--kind is given twice; give it once."]);
});
