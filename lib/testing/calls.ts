import { Agent, request as httpRequest } from "node:http";
import fc from "fast-check";
import type { Listed, Media, OpenApi, Parameter } from "@/lib/api/openapi-types";
import { type Known, valuesFor } from "./values";

/** A request to an operation, before it is written down. */
export interface ApiCall {
  method: string;
  path: string;
  params: Record<string, string>;
  query: [string, string][];
  headers: Record<string, string>;
  body?: string | Buffer;
}

const boundary = "part-of-the-test";

/** A form with one file, as clients send it. */
export function formOf(field: string, file: string | Buffer): Pick<ApiCall, "headers" | "body"> {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="codes.csv"\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), Buffer.from(file), Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { headers: { "content-type": `multipart/form-data; boundary=${boundary}` }, body };
}

/**
 * Calls of an operation that are as its description says.
 * @param authorization the header of a key that may call it
 * @param files texts for a file that is to be uploaded
 */
export function callsOf(
  { paths: _, components }: OpenApi,
  operation: Listed,
  { known, authorization, files }: { known: Known; authorization: string; files: fc.Arbitrary<string> },
): fc.Arbitrary<ApiCall> {
  const valuesOf = valuesFor(components.schemas, known);
  const among = (place: Parameter["in"]) => {
    const all = operation.parameters.filter((one) => one.in === place);
    const requiredKeys = all.filter(({ required }) => required).map(({ name }) => name);
    const fields = all.map(({ name, schema }) => [name, valuesOf(schema, name).map(String)]);
    return fc.record<Record<string, string>>(Object.fromEntries(fields), { requiredKeys });
  };
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const body: fc.Arbitrary<Partial<ApiCall>> =
    type === undefined || !media
      ? fc.constant({})
      : type === "application/json"
        ? bodiesOf(media, valuesOf(media.schema), known).map((value) => ({
            headers: { "content-type": type },
            body: JSON.stringify(value),
          }))
        : files.map((text) => formOf(Object.keys(media.schema.properties ?? {})[0] ?? "", text));
  const idempotent = operation.parameters.some((one) => one.in === "header");
  const headers = idempotent ? fc.option(fc.stringMatching(/^[a-z0-9]{6,20}$/), { freq: 4 }) : fc.constant(null);
  return fc.tuple(among("path"), among("query"), body, headers).map(([params, query, sent, once]) => ({
    method: operation.verb.toUpperCase(),
    path: operation.path,
    params: mapped(params, encodeURIComponent),
    query: Object.entries(query),
    ...sent,
    headers: { authorization, ...sent.headers, ...(once !== null && { "idempotency-key": once }) },
  }));
}

/** Bodies by the schema, and the example with what there is in its place: what is rich in fields is seldom in order by chance. */
function bodiesOf({ example }: Media, bodies: fc.Arbitrary<unknown>, known: Known): fc.Arbitrary<unknown> {
  if (example === undefined) return bodies;
  return fc.oneof({ weight: 3, arbitrary: bodies }, fc.constant(withKnown(example, known)));
}

function withKnown(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((one) => withKnown(one, known));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    Array.isArray(inner) || !known[name] ? withKnown(inner, known) : known[name][0],
  ]);
  return Object.fromEntries(entries);
}

const mapped = (values: Record<string, string>, change: (text: string) => string) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** The address of a call as it goes over the wire; parameters of the path are encoded already. */
export function addressOf({ path, params, query }: ApiCall): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
  return search === "" ? filled : `${filled}?${search}`;
}

/** An answer to a call. */
export interface CallAnswer {
  status: number;
  type: string;
  text: string;
}

/** Sends calls to the letter, over connections that are kept. */
export function sender(server: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const { hostname, port } = new URL(server);
  const send = (call: ApiCall) =>
    new Promise<CallAnswer>((resolve, reject) => {
      const { method, headers, body } = call;
      const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
      const asked = httpRequest({
        agent,
        hostname,
        port,
        method,
        path: addressOf(call),
        headers: { ...headers, ...length },
      });
      asked.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const [type = ""] = (response.headers["content-type"] ?? "").split(";");
          resolve({ status: response.statusCode ?? 0, type, text: Buffer.concat(chunks).toString() });
        });
      });
      asked.on("error", reject);
      asked.end(body);
    });
  return { send, close: () => agent.destroy() };
}
