import type { IncomingMessage } from "node:http";
import { ApiProblem, pointer } from "./problems";

/** How long a JSON body may be, in bytes. */
export const bodyMax = 16 * 1024 * 1024;
/** How many bytes of bodies this process holds at a time, beyond small ones. */
const heldMax = 64 * 1024 * 1024;
const small = 64 * 1024;
const depthMax = 64;
const valuesMax = 1_000_000;

let held = 0;

const tooLong = () =>
  new ApiProblem(
    413,
    `A JSON body may have ${bodyMax / 1024 / 1024} MB; this one is longer. Send less at a time.`,
    [],
    {
      connection: "close",
    },
  );

/**
 * Reads a JSON body. Its bytes are bounded for itself and for all of this process together.
 * @throws ApiProblem 415, 413, 400; 503 while other long bodies are being read
 */
export async function readJson(request: IncomingMessage): Promise<{ text: string; value: unknown }> {
  const type = request.headers["content-type"] ?? "";
  if (!/^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new ApiProblem(
      415,
      `The body has to be JSON: send “Content-Type: application/json”, not “${type.slice(0, 60)}”.`,
    );
  if (request.headers["content-encoding"] !== undefined && request.headers["content-encoding"] !== "identity")
    throw new ApiProblem(415, "The body has to come uncompressed: leave out Content-Encoding.");
  if (Number(request.headers["content-length"] ?? 0) > bodyMax) throw tooLong();
  const chunks: Buffer[] = [];
  let [length, counted] = [0, 0];
  try {
    // the request itself stays, because its answer goes the same way
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > bodyMax) throw tooLong();
      if (length > small) {
        const more = length - counted;
        if (held + more > heldMax)
          throw new ApiProblem(
            503,
            "Too many long bodies are being sent at the moment. Try again in a few seconds.",
            [],
            {
              "retry-after": "2",
              connection: "close",
            },
          );
        held += more;
        counted = length;
      }
      chunks.push(chunk);
    }
    return parse(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  } finally {
    held -= counted;
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function parse(bytes: Buffer): { text: string; value: unknown } {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new ApiProblem(400, "The body is not UTF-8.");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : "";
    throw new ApiProblem(
      400,
      text.trim() === "" ? "The body is empty; JSON is asked for." : `The body is no JSON: ${why}`,
    );
  }
  assertPlain(value);
  return { text, value };
}

/** Refuses what the database cannot hold, wherever it stands, and what is nested or long beyond use. Goes by turns, not by calls. */
function assertPlain(root: unknown): void {
  const waiting: { value: unknown; path: PropertyKey[] }[] = [{ value: root, path: [] }];
  let seen = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    seen += 1;
    if (seen > valuesMax) throw new ApiProblem(400, `The body has more than ${valuesMax} values.`);
    if (typeof value === "string") {
      if (value.includes("\u0000") || !value.isWellFormed())
        throw unstorable(path, "This text holds a NUL character or a lone surrogate; remove it.");
    } else if (typeof value === "object" && value !== null) {
      if (path.length >= depthMax) throw unstorable(path, `This is nested more than ${depthMax} deep.`);
      for (const [name, inner] of Object.entries(value)) {
        if (!Array.isArray(value) && (name.includes("\u0000") || !name.isWellFormed()))
          throw unstorable(path, "A name in here holds a NUL character or a lone surrogate; remove it.");
        // zod would leave it out without a word
        if (name === "__proto__") throw unstorable([...path, name], "Nothing is called “__proto__”; leave it out.");
        // JSON writes numbers that no double holds; what is kept of them would be null
        if (typeof inner === "number" && !Number.isFinite(inner))
          throw unstorable([...path, name], "This number is out of range; give a smaller one.");
        if (typeof inner === "string" || (typeof inner === "object" && inner !== null))
          waiting.push({ value: inner, path: [...path, name] });
        else seen += 1;
      }
    }
  }
}

function unstorable(path: PropertyKey[], details: string): ApiProblem {
  return new ApiProblem(400, "The body cannot be stored.", [
    { title: "Invalid value", details, source: { pointer: pointer(path) } },
  ]);
}
