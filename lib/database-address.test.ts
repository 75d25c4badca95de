import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDatabaseAddress, withoutPasswords } from "./database-address";
import { readSettings, SettingsError } from "./env";

test.each([
  "postgresql://someone:secret@db.example:5432/referrals",
  "postgres://someone@db.example/referrals",
  "postgresql://someone:p%40s%2Fs@db.example/referrals?sslmode=require",
  "postgresql://someone:p@ss:word@db.example/referrals",
  "postgresql://someone:50%off@[::1]:5432/referrals",
  "postgresql:///referrals?host=/var/run/postgresql&password=a%40b",
])("%s is an address", (address) => {
  expect(isDatabaseAddress(address)).toBe(true);
});

test.each([
  ["no path", "postgresql://someone:secret@db.example"],
  ["another kind", "mysql://someone:secret@db.example/referrals"],
  ["not an address", "referrals"],
  ["a bare slash in the password", "postgresql://someone:12/34@db.example/referrals"],
  ["a bare question mark", "postgresql://someone:12/3?4@db.example/referrals"],
  ["a bare number sign", "postgresql://someone:12/3#4@db.example/referrals"],
  ["a bare at sign and slash", "postgresql://someone:p@ss/word@db.example/referrals"],
  ["a number sign in a parameter", "postgresql://db.example/referrals?password=ab#cd"],
  ["an at sign in a parameter", "postgresql://db.example/referrals?password=ab@cd"],
])("%s is none", (_, address) => {
  expect(isDatabaseAddress(address)).toBe(false);
});

// Passwords as people make them, with what divides an address now and then.
const character = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(..."abcXYZ0189") },
  { weight: 2, arbitrary: fc.constantFrom(...":/@#?%&=+\\ '\"[]") },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
);
const password = fc.array(character, { minLength: 3, maxLength: 20 }).map((parts) => parts.join(""));
const frames: [name: string, (secret: string) => string][] = [
  ["in its place", (secret) => `postgresql://someone:${secret}@db.example:5432/referrals`],
  ["in a place of another kind", (secret) => `mysql://someone:${secret}@db.example/referrals`],
  ["without a database", (secret) => `postgresql://someone:${secret}@db.example`],
  ["as a parameter", (secret) => `postgresql://db.example/referrals?password=${secret}`],
  ["as a parameter of something unreadable", (secret) => `postgresql://db example/referrals?sslpassword=${secret}`],
  ["alone", (secret) => secret],
  ["as libpq has it", (secret) => `host=db.example user=someone password=${secret}`],
];

function sentenceFor(address: string): string {
  try {
    readSettings({ DATABASE_URL: address });
    const { host, pathname } = new URL(address); // what an accepted one is named by
    return `${host}${pathname}`;
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

describe.each(frames)("a password %s", (_, frame) => {
  // What is said whatever the password is: a password that is a part of it is no secret.
  const always = ["\0", "#", "xyzzy"].map((secret) => sentenceFor(frame(secret))).join(" ");

  test("is in nothing that is said of the address", () => {
    fc.assert(
      fc.property(password, (secret) => {
        fc.pre(!always.includes(secret) && !always.includes(decodeURIComponent(encodeURI(secret))));
        const said = sentenceFor(frame(secret));
        expect(said).not.toContain(secret);
        expect(said).not.toContain(encodeURIComponent(secret));
      }),
    );
  });
});

test("whatever a server or a driver says, the passwords of the address are taken out", () => {
  fc.assert(
    fc.property(password, fc.constantFrom("user", "parameter"), fc.boolean(), (secret, place, encoded) => {
      const written = encoded || place === "parameter" ? encodeURIComponent(secret) : secret;
      const address =
        place === "user"
          ? `postgresql://someone:${written}@db.example/x`
          : `postgresql://db.example/x?password=${written}`;
      const said = withoutPasswords(`1${secret}2 ${written}`, address);
      expect(said).not.toContain(secret);
      expect(said).toBe("1…2 …");
    }),
  );
});
