import fc from "fast-check";
import { expect, it } from "vitest";
import { linkOf, linkProblem } from "./links";

it.each([
  "https://shop.example/?ref={code}",
  "http://shop.example:8080/r/{code}/hello",
  "https://shop.example/#/{code}",
  "https://münchen.example/{code}?again={code}",
  "",
])("“%s” is a pattern, or none", (pattern) => {
  expect(linkProblem(pattern)).toBeNull();
});

it.each([
  ["https://shop.example/?ref=", "link_without_code"],
  ["https://shop.example/?ref={CODE}", "link_without_code"],
  ["shop.example/{code}", "link_no_address"],
  ["ftp://shop.example/{code}", "link_no_address"],
  ["javascript:alert('{code}')", "link_no_address"],
  ["https://user:secret@shop.example/{code}", "link_no_address"],
  ["https://shop.example/a b/{code}", "link_no_address"],
  ["https://shop.example/\n{code}", "link_no_address"],
  ["https://", "link_no_address"],
  ["https://{code}.shop.example/", "link_code_in_host"],
  ["https://shop.example/{code}".padEnd(501, "x"), "link_long"],
])("“%s” is refused: %s", (pattern, reason) => {
  expect(linkProblem(pattern)?.reason).toBe(reason);
});

it("any code comes back from its link", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (code) => {
      const link = new URL(linkOf("https://shop.example/r?ref={code}&x=1", code));
      expect(link.searchParams.get("ref")).toBe(code);
      expect(link.searchParams.get("x")).toBe("1");
    }),
  );
});
