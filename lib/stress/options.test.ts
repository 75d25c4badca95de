import { expect, it } from "vitest";
import { readStressOptions } from "./options";

const key = `rfi_1_${"a".repeat(43)}`;

it("asks for 64 clients on a code for 1,000 of the first campaign, unless it is told another size", () => {
  const usual = { key, url: "http://127.0.0.1:3000", campaign: 1, clients: 64, limit: 1000, rounds: 1 };
  expect(readStressOptions(["--key", key])).toEqual({ options: usual });
  const given = ["--key", key, "--url", "http://127.0.0.1:3911", "--limit", "5", "--rounds=20"];
  expect(readStressOptions(given)).toEqual({
    options: { ...usual, url: "http://127.0.0.1:3911", limit: 5, rounds: 20 },
  });
});

it.each([
  [[], "--key is missing"],
  [["--key", key.replace("rfi", "rfm")], "--key is no integration key"],
  [["--key", key, "--url", "https://127.0.0.1"], "--url is “https://127.0.0.1”"],
  [["--key", key, "--clients", "0"], "--clients is “0”"],
  [["--key", key, "--clients", "1001"], "--clients is “1001”: give a whole number from 1 to 1000"],
  [["--key", key, "--limit", "many"], "--limit is “many”"],
  [["--key", key, "--size", "5"], "--size"],
])("%j is refused with its mend and how it is used", (args, says) => {
  expect(readStressOptions(args)).toEqual({ problems: expect.stringContaining(says) });
  expect(readStressOptions(args)).toEqual({ problems: expect.stringContaining("It is used so: npm run stress") });
});
