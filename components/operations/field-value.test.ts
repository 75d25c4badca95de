import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { FieldSteps, fieldValueText } from "@/components/operations/field-value";

const reading = { timeZone: "UTC", attributes: [] };
const shown = (before: object, after: object) =>
  renderToStaticMarkup(createElement(FieldSteps, { before, after, reading } as Parameters<typeof FieldSteps>[0]));
const fields = (count: number, value: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`attributes.name_${index}`, value]));

it("shows every field of an ordinary change", () => {
  const html = shown({ usageLimit: 1, ...fields(5, "old") }, { usageLimit: 5, ...fields(5, "new") });
  expect(html.match(/becomes/g)).toHaveLength(6);
  expect(html).not.toContain("more field");
});

it.each([
  ["many fields", fields(100, "<"), /and 8\d more fields/],
  ["long texts", fields(3, "<".repeat(10_000)), /and 1 more field</],
  ["one long text", fields(1, "<".repeat(10_000)), /…/],
])("keeps a change of %s small, and says what it leaves out", (_, values, says) => {
  const html = shown(values, values);
  expect(html).toMatch(says);
  expect(html.length).toBeLessThan(15_000);
});

it("shows the beginning of a long value", () => {
  expect(fieldValueText("attributes.note", "a".repeat(300), reading)).toBe("a".repeat(300));
  expect(fieldValueText("attributes.note", "a".repeat(301), reading)).toBe(`${"a".repeat(300)}…`);
});
