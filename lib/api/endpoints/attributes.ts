import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { answeredDate } from "@/lib/api/fields";
import { ApiProblem, fieldErrors } from "@/lib/api/problems";
import { createAttribute as define } from "@/lib/attributes/commands";
import { listAttributes } from "@/lib/attributes/queries";
import { type AttributeType, attributeTypes } from "@/lib/attributes/rules";
import { createAttributeInput } from "@/lib/attributes/schema";
import { DomainError } from "@/lib/errors";
import { shortened } from "@/lib/shortened";

const shown = (issue: { input?: unknown }) => `“${shortened(String(issue.input), 40)}”`;

/** Types that clients may know besides. */
const placeTypes: unknown[] = ["location", "(list location)"];

function noType(issue: { input?: unknown }): string {
  return placeTypes.includes(issue.input)
    ? `${shown(issue)} is not kept here, because nothing here could show or find a place: give two attributes of type number, for latitude and longitude.`
    : `${shown(issue)} is no type of an attribute; those are ${attributeTypes.join(", ")}.`;
}

const body = z.strictObject({
  entity: z.literal("Referral", {
    error: (issue) => `${shown(issue)} has no attributes of its own here: give “Referral”.`,
  }),
  name: z.string().meta({ pattern: "^[A-Za-z]\\w{0,99}$" }),
  title: z.string().meta({ minLength: 1, maxLength: 100 }),
  type: z.enum(attributeTypes, { error: noType }),
  description: z.string().meta({ maxLength: 1000 }),
  suggestions: z.array(z.union([z.string(), z.number()])).max(1000),
  editable: z.literal(true, { error: "Every attribute can be edited in the dashboard: give true." }),
  restrictedBySuggestions: z.boolean().default(false),
  hasAllowedList: z
    .literal(false, {
      error: "Allowed lists are not known here: give suggestions, and true as restrictedBySuggestions.",
    })
    .optional(),
  eventType: z.literal("", { error: "Only events have a type; leave it out." }).optional(),
  subscribedApplicationsIds: z.array(z.int()).max(1000).optional(),
  subscribedCatalogsIds: z.array(z.int()).max(1000).optional(),
  allowedSubscriptions: z
    .array(z.enum(["application", "catalog"]))
    .max(10)
    .optional(),
});

const attributeModel = z
  .object({
    id: z.int().describe("Its place among the attributes of the application."),
    created: answeredDate,
    accountId: z.int(),
    entity: z.literal("Referral"),
    name: z.string(),
    title: z.string(),
    type: z.enum(attributeTypes),
    description: z.string(),
    suggestions: z.array(z.string()),
    hasAllowedList: z.boolean(),
    restrictedBySuggestions: z.boolean(),
    editable: z.boolean(),
    subscribedApplicationsIds: z.array(z.int()),
    subscribedCatalogsIds: z.array(z.int()),
    allowedSubscriptions: z.array(z.string()),
  })
  .meta({ id: "Attribute" });

/** Clients write all suggestions as text; those for numbers are numbers. What is no number stays, to be refused by its name. */
function suggestionsOf(type: AttributeType, given: (string | number)[]): (string | number)[] {
  const ofNumbers = type === "number" || type === "(list number)";
  const isNumber = (text: string) => text.trim() !== "" && Number.isFinite(Number(text));
  return given.map((value) => (ofNumbers && typeof value === "string" && isNumber(value) ? Number(value) : value));
}

export const createAttribute = endpoint({
  name: "createAttribute",
  method: "POST",
  path: "/v1/attributes",
  key: "management",
  permission: "attributes.write",
  tag: "Attributes",
  summary: "Define an attribute of codes",
  description:
    "Codes of the key's application can hold a value of it from then on. The `entity` is `Referral`. `restrictedBySuggestions` allows only the suggestions, of which there can be 50. To which applications and catalogs it is subscribed is read and not kept: it is one of this application.",
  body,
  example: {
    ...{ entity: "Referral", name: "channel", title: "Channel", type: "string", description: "Where it was shared." },
    ...{ suggestions: ["mail", "web"], restrictedBySuggestions: true, editable: true },
  },
  answers: { 201: { description: "The new attribute.", body: attributeModel } },
  refusals: { 400: "a value cannot be stored", 409: "the application has an attribute of this name" },
  async run({ scope, body }) {
    const { applicationId } = scope.ids;
    const { name, title, type, description, restrictedBySuggestions: restricted } = body;
    const suggestions = suggestionsOf(type, body.suggestions);
    const { data, error } = createAttributeInput.safeParse({
      ...{ applicationId, name, title, type, description, suggestions, restricted },
    });
    if (!data) throw refused(error.issues);
    try {
      await define(scope, data);
    } catch (problem) {
      const taken =
        problem instanceof DomainError && (await listAttributes(scope)).some((one) => one.name === data.name);
      throw taken ? new ApiProblem(409, problem.message) : problem;
    }
    const place = (await listAttributes(scope)).findIndex((one) => one.name === data.name);
    const answer: z.output<typeof attributeModel> = {
      id: place + 1,
      created: new Date().toISOString(),
      accountId: 1,
      entity: "Referral",
      name: data.name,
      title: data.title,
      type,
      description: data.description,
      suggestions: data.suggestions.map(String),
      hasAllowedList: false,
      restrictedBySuggestions: data.restricted,
      editable: true,
      subscribedApplicationsIds: [applicationId],
      subscribedCatalogsIds: [],
      allowedSubscriptions: ["application"],
    };
    return { status: 201, body: answer };
  },
});

function refused(issues: readonly z.core.$ZodIssue[]): ApiProblem {
  const errors = fieldErrors(issues, "body");
  const [first] = errors;
  return new ApiProblem(400, `${first?.source.pointer ?? ""}: ${first?.details ?? ""}`, errors);
}
