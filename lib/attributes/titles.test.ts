import { expect, test } from "vitest";
import { attributeTitle, inOrder } from "@/lib/attributes/titles";

const attributes = [
  { name: "vip", title: "VIP", type: "boolean" as const },
  { name: "tier", title: "", type: "string" as const },
  { name: "constructor_", title: "Made by", type: "string" as const },
];

test.each([
  ["vip", "VIP"],
  ["tier", "tier"], // it has no title
  ["gone", "gone"],
  ["constructor", "constructor"],
])("%s is called %s", (name, title) => {
  expect(attributeTitle(attributes, name)).toBe(title);
});

test("a code's attributes come as forms show them, and what is not defined any more after them", () => {
  expect(inOrder({ gone: 1, tier: "gold", vip: false }, attributes)).toEqual([
    ["vip", false],
    ["tier", "gold"],
    ["gone", 1],
  ]);
  expect(inOrder({}, attributes)).toEqual([]);
});
