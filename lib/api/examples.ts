import { authorizationScheme, type KeyKind } from "@/lib/keys/rules";
import type { Schema } from "./json-schema";
import { bodyOf, keyKindOf, type Listed } from "./openapi-types";
import { sdkOperations } from "./sdk-operations";

/** What stands in examples for a key: a variable of the environment, so that it gets into no history and no file. */
export const keyVariable = "REFERRALS_KEY";

/** An example in one language. */
export interface Example {
  title: string;
  code: string;
}

/** Something that could stand in a parameter. */
export function sampleOf({ examples, enum: values, type, format, minimum }: Schema, name: string): string {
  const known: unknown = examples?.[0] ?? values?.[0];
  if (known !== undefined) return String(known);
  if (type === "integer" || type === "number") return String(minimum ?? 1);
  if (type === "boolean") return "true";
  return format === "date-time" ? "2030-01-31T09:00:00Z" : name.replace(/Id$/, "-1");
}

interface Filled {
  address: string;
  /** Parameters of the path, then the required ones of the query, as an SDK takes them. */
  given: { value: string; isText: boolean }[];
}

function filled({ path, parameters }: Listed): Filled {
  const shown = parameters.filter((one) => one.in !== "header" && (one.required || one.example !== undefined));
  const samples = shown.map((one) => ({ ...one, value: one.example ?? sampleOf(one.schema, one.name) }));
  const value = (name: string) => samples.find((one) => one.name === name)?.value ?? "";
  const query = samples.filter((one) => one.in === "query");
  const search = query.map(({ name, value: text }) => `${name}=${encodeURIComponent(text)}`).join("&");
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(value(name)));
  return {
    address: search === "" ? address : `${address}?${search}`,
    given: samples
      .filter(({ required }) => required)
      .map(({ value: text, schema }) => ({ value: text, isText: schema.type !== "integer" })),
  };
}

/** The content type of a file that an operation answers. */
function fileOf({ responses }: Listed): string | undefined {
  return Object.keys(responses[200]?.content ?? {}).find((type) => type !== "application/json");
}

/** An operation as a line for a terminal, in JavaScript, and with the SDKs that have it. @param server its address, without a slash at its end */
export function examplesOf(operation: Listed, server: string): Example[] {
  const versions = sdkOperations[operation.operationId] ?? [];
  return [
    { title: "curl", code: curl(operation, server) },
    { title: "JavaScript", code: script(operation, server) },
    ...(versions.length > 0 ? [{ title: `talon_one ${versions.join(", ")}`, code: sdk(operation, server) }] : []),
  ];
}

function curl(operation: Listed, server: string): string {
  const { address } = filled(operation);
  const body = bodyOf(operation);
  const isJson = body?.type === "application/json";
  return [
    `curl ${operation.verb === "get" ? "" : `-X ${operation.verb.toUpperCase()} `}'${server}${address}'`,
    `-H "Authorization: ${authorizationScheme[keyKindOf(operation)]} $${keyVariable}"`,
    ...(isJson ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body.example ?? {})}'`] : []),
    ...(body && !isJson ? [`-F ${fileFieldOf(body.schema)}=@referrals.csv`] : []),
    ...(fileOf(operation) ? ["-o referrals.csv"] : []),
  ].join(" \\\n  ");
}

const fileImport = 'import { readFile } from "node:fs/promises";';

const fileFieldOf = ({ properties }: Schema) => Object.keys(properties ?? {})[0] ?? "file";

/** A value as JavaScript shows it. */
function shown(value: unknown, indent: string): string {
  const text = JSON.stringify(value ?? {}, null, 2).replace(/"([A-Za-z_]\w*)":/g, "$1:");
  return text.replaceAll("\n", `\n${indent}`);
}

function script(operation: Listed, server: string): string {
  const { address } = filled(operation);
  const body = bodyOf(operation);
  const isJson = body?.type === "application/json";
  const isFile = body !== undefined && !isJson;
  return [
    ...(isFile
      ? [
          fileImport,
          "const form = new FormData();",
          `form.set("${fileFieldOf(body.schema)}", new Blob([await readFile("referrals.csv")]));`,
        ]
      : []),
    `const response = await fetch("${server}${address}", {`,
    ...(operation.verb === "get" ? [] : [`  method: "${operation.verb.toUpperCase()}",`]),
    "  headers: {",
    `    Authorization: \`${authorizationScheme[keyKindOf(operation)]} \${process.env.${keyVariable}}\`,`,
    ...(isJson ? ['    "Content-Type": "application/json",'] : []),
    "  },",
    ...(isJson ? [`  body: JSON.stringify(${shown(body.example, "  ")}),`] : []),
    ...(isFile ? ["  body: form,"] : []),
    "});",
    "if (!response.ok) throw new Error((await response.json()).message);",
    ...answerLine(operation),
  ].join("\n");
}

/** The line that reads an answer, where there is one, or may be. */
function answerLine(operation: Listed): string[] {
  if (answersNothing(operation)) return [];
  const read = `await response.${fileOf(operation) ? "text" : "json"}()`;
  return [`const answer = ${operation.responses[204] ? `response.status === 204 ? null : ${read}` : read};`];
}

const answersNothing = ({ responses }: Listed) =>
  Object.entries(responses).every(([status, { content }]) => Number(status) >= 300 || !content);

function sdk(operation: Listed, server: string): string {
  const body = bodyOf(operation);
  const isJson = body?.type === "application/json";
  const given = [
    ...filled(operation).given.map(({ value, isText }) => (isText ? JSON.stringify(value) : value)),
    ...(isJson ? [shown(body.example, "")] : []),
    ...(body && !isJson ? [`{ ${fileFieldOf(body.schema)}: await readFile("referrals.csv") }`] : []),
  ];
  return [
    ...sdkSetup(keyKindOf(operation), server),
    ...(body && !isJson ? [fileImport] : []),
    `${answersNothing(operation) ? "" : "const answer = "}await api.${operation.operationId}(${given.join(", ")});`,
  ].join("\n");
}

/** The lines that lead an SDK to a server, for a kind of key; the same for both SDKs. */
export function sdkSetup(kind: KeyKind, server: string): string[] {
  const name = kind === "integration" ? "api_key_v1" : "manager_auth";
  const scheme = kind === "integration" ? authorizationScheme[kind] : "Bearer"; // the only word that 4.3.0 knows
  return [
    'import TalonOne from "talon_one";',
    "const client = new TalonOne.ApiClient();",
    `client.basePath = "${server}";`,
    `client.authentications.${name}.apiKey = process.env.${keyVariable};`,
    `client.authentications.${name}.apiKeyPrefix = "${scheme}";`,
    `const api = new TalonOne.${kind === "integration" ? "IntegrationApi" : "ManagementApi"}(client);`,
  ];
}
