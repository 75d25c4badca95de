import { invalidField } from "@/lib/errors";
import type { FileKind } from "@/lib/imports/file-kinds";
import { fileTooLarge } from "@/lib/imports/text";

/**
 * The file that a request has as its raw body.
 * @throws DomainError `too_large` for one that says so beforehand, `invalid` for none
 */
export function uploaded({ headers, body }: Request, kind: FileKind): ReadableStream<Uint8Array> {
  if (Number(headers.get("content-length") ?? 0) > kind.bytesMax) throw fileTooLarge(kind);
  if (!body) throw invalidField(["file"], { reason: "file_empty" });
  return body;
}
