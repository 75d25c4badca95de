import { expect, test } from "vitest";
import { attributeForm, readAttributeForm } from "@/lib/attributes/form";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import type { FieldProblems } from "@/lib/errors";

const zone = "Europe/Berlin";
const cases: [AttributeDefinition["type"], AttributeDefinition["suggestions"], string][] = [
  ["string", ["web", "in store"], "web\nin store"],
  ["number", [1, 2.5], "1\n2.5"],
  ["time", ["2027-01-31T13:30:00.000Z", "2027-01-31T23:00:00.000Z"], "2027-01-31 14:30\n2027-02-01"],
  ["(list string)", ["web"], "web"],
  ["boolean", [], ""],
];

test.each(cases)("a %s goes into its form and back", (type, suggestions, text) => {
  const attribute = { name: "field", title: "Field", description: "", type, suggestions, restricted: false };
  const form = attributeForm(attribute, zone);
  expect(form.suggestions).toBe(text);
  const problems: FieldProblems = {};
  expect(readAttributeForm(form, zone, problems)).toEqual(attribute);
  expect(problems).toEqual({});
});

test("a line that is no value of the type is a problem; values typed before the type became yes or no are dropped", () => {
  const problems: FieldProblems = {};
  const form = { ...attributeForm(null, zone), suggestions: " 1 \n\nx", restricted: true };
  readAttributeForm({ ...form, type: "number" }, zone, problems);
  expect(problems.suggestions).toContain("“x”");
  const dropped = readAttributeForm({ ...form, type: "boolean" }, zone, {});
  expect(dropped).toMatchObject({ suggestions: [], restricted: false });
});
