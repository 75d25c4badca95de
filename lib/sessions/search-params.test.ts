import { expect, it } from "vitest";
import { asked, readCustomer, readQuestion, shopPaths } from "@/lib/sessions/search-params";

const now = new Date("2026-11-28T12:00:00Z");
const question = (code: string, friend = "", at = "") => asked({ code, friend, at }, "Europe/Berlin", now);

it("a question that can be asked is read: blanks are no friend, no time is now, a day its beginning on the zone's clocks", () => {
  expect(question("")).toBeNull();
  expect(question(" CODE ")).toEqual({ code: " CODE ", friend: null, now });
  expect(question("CODE", "Bob", "2027-06-01")).toEqual({
    code: "CODE",
    friend: "Bob",
    now: new Date("2027-05-31T22:00:00Z"),
  });
});

it("a customer is who they are to the shop, however their ID was pasted", () => {
  expect(question("CODE", " Jose\u0301\n")).toMatchObject({ friend: "José" });
  expect(question("CODE", " ")).toMatchObject({ friend: null });
  expect(readCustomer({ id: " Jose\u0301\n" })).toEqual({ id: "José", page: 1 });
});

it("what cannot be asked is told by its field", () => {
  const problems = (...given: Parameters<typeof question>) =>
    Object.keys((question(...given) as { problems: object }).problems);
  expect(problems("", "Bob")).toEqual(["code"]);
  expect(problems("x".repeat(101))).toEqual(["code"]);
  expect(problems("a\u0000b")).toEqual(["code"]);
  expect(problems("CODE", "x".repeat(1001))).toEqual(["friend"]);
  expect(problems("CODE", "Bob", "tomorrow")).toEqual(["at"]);
});

it("an address says what was asked, and is read back, whatever an ID holds", () => {
  const path = shopPaths(7).check({ code: "A&B", friend: "../x y", at: "" });
  expect(path).toBe("/applications/7/check?code=A%26B&friend=..%2Fx+y");
  const query = Object.fromEntries(new URL(path, "http://x").searchParams);
  expect(readQuestion(query)).toEqual({ code: "A&B", friend: "../x y", at: "" });
  expect(readQuestion({ code: ["a", "b"] })).toEqual({ code: "", friend: "", at: "" });
  expect(shopPaths(7).customer(".")).toBe("/applications/7/customers?id=.");
});

it("a customer's address says which page of friends, and is read back; what is no page is the first", () => {
  const path = shopPaths(7).customer("a b", 3);
  expect(path).toBe("/applications/7/customers?id=a+b&friends=3");
  expect(readCustomer(Object.fromEntries(new URL(path, "http://x").searchParams))).toEqual({ id: "a b", page: 3 });
  for (const friends of ["0", "-1", "x", "1.5", "99999", ["2", "3"], undefined])
    expect(readCustomer({ id: "a", friends })).toEqual({ id: "a", page: 1 });
});
