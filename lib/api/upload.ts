import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { shortened } from "@/lib/shortened";
import { ApiProblem } from "./problems";

/** A file of a form. Its body ends only when the form was read to its end and holds nothing else. */
export interface UploadedFile {
  /** As the client says it; empty where it says none. */
  name: string;
  body: AsyncIterable<Uint8Array>;
}

/** Begins to read the file of a request; to be called once. */
export type OpenFile = () => Promise<UploadedFile>;

/** What a form may have beside its file: boundaries and the head of its part. */
const wrapping = 64 * 1024;
const boundary = /;\s*boundary=(?:"[^"]{1,70}"|[^\s;"]{1,70})\s*(?:;|$)/i;

const bad = (message: string, pointer = "") =>
  new ApiProblem(400, message, [{ title: "Invalid value", details: message, source: { pointer } }]);

function tooLong(bytesMax: number): ApiProblem {
  return new ApiProblem(413, `A file may have ${bytesMax / 1e6} MB; this one is larger. Split it into several files.`);
}

function formOf(request: IncomingMessage, field: string): BusboyInstance {
  const type = request.headers["content-type"] ?? "";
  if (!/^\s*multipart\/form-data\s*(?:;|$)/i.test(type))
    throw new ApiProblem(
      415,
      `The body has to be a form with a file: send “Content-Type: multipart/form-data”, not “${shortened(type, 60)}”.`,
    );
  if (!boundary.test(type))
    throw bad(`The form names no boundary that can be read. Send one file in the field “${field}” of a form.`);
  return new Busboy({
    headers: { ...request.headers, "content-type": type.trim() },
    isPartAFile: () => true, // with a name or without, as text or as bytes
    limits: { parts: 1, headerPairs: 20, headerSize: 8192 },
  });
}

/** Writes a request into a form, as fast as its file is read. */
async function pour(
  request: IncomingMessage,
  form: BusboyInstance,
  bytesMax: number,
  signal: AbortSignal,
): Promise<void> {
  const finished = once(form, "finish", { signal });
  finished.catch(() => undefined); // it is looked at when all is written
  let bytes = 0;
  // the request itself stays, because its answer goes the same way
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > bytesMax + wrapping) throw tooLong(bytesMax);
    if (!form.write(chunk)) await once(form, "drain", { signal });
  }
  form.end();
  await finished;
}

/**
 * The file of a form, which is read while it comes. Nothing is kept of it here, and no more is read than `body` asks for.
 * @param field the one field that the form has
 * @throws ApiProblem 415, 413 or 400 for anything but a form with this one field; where that shows later, from `body`
 */
export async function uploadedFile(request: IncomingMessage, field: string, bytesMax: number): Promise<UploadedFile> {
  if (Number(request.headers["content-length"] ?? 0) > bytesMax + wrapping) throw tooLong(bytesMax);
  const form = formOf(request, field);
  const over = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    over.signal.addEventListener("abort", () => reject(over.signal.reason));
  });
  form.once("error", () => over.abort(bad("The form ends before its last boundary.")));
  form.once("partsLimit", () => over.abort(bad(`The form has more than the field “${field}”; send one file alone.`)));
  const begun = new Promise<{ file: BusboyFileStream; name: string }>((resolve) => {
    form.once("file", (given, file, name) => {
      file.on("error", () => undefined); // `over` has the reason
      over.signal.addEventListener("abort", () => file.destroy());
      if (given === field) return resolve({ file, name: name ?? "" });
      over.abort(bad(`The file has to be in the field “${field}”, not in “${shortened(String(given ?? ""), 40)}”.`));
    });
  });
  const whole = Promise.race([pour(request, form, bytesMax, over.signal), stopped]);
  whole.catch((error) => over.abort(error));
  const none = whole.then(() => {
    throw bad(`The form has no field “${field}”. Send the file in it.`, `/${field}`);
  });
  const { file, name } = await Promise.race([begun, none]);
  return { name, body: bodyOf(file, whole, over) };
}

async function* bodyOf(
  file: BusboyFileStream,
  whole: Promise<void>,
  over: AbortController,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of file) yield chunk;
    await whole;
  } catch (error) {
    throw over.signal.reason ?? error;
  } finally {
    over.abort();
  }
}
