import { DomainError, invalidField } from "@/lib/errors";
import type { FileKind } from "@/lib/imports/file-kinds";

const pieceBytes = 64 * 1024;

/** The refusal of a file beyond the limit. */
export function fileTooLarge({ bytesMax }: FileKind): DomainError {
  return new DomainError("too_large", { reason: "file_large", bytes: bytesMax });
}

/** What the first bytes of a file give away, when it is no UTF-8 text. */
function foreignFormat(bytes: Uint8Array): "zip" | "gzip" | "utf16" | null {
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return "zip";
  if (starts(0x1f, 0x8b)) return "gzip";
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return "utf16";
  return null;
}

function newlines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 10) count += 1;
  return count;
}

/**
 * The text of an uploaded file in pieces of at most 64 kB, without its byte order mark. `seen.bytes` counts as it reads.
 * @throws DomainError too_large beyond what such a file may have; invalid for anything that is not UTF-8 text
 */
export async function* textPieces(
  body: AsyncIterable<Uint8Array>,
  kind: FileKind,
  seen: { bytes: number },
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let first = true;
  for await (const chunk of body) {
    seen.bytes += chunk.byteLength;
    if (seen.bytes > kind.bytesMax) throw fileTooLarge(kind);
    for (let from = 0; from < chunk.byteLength; from += pieceBytes) {
      const bytes = chunk.subarray(from, from + pieceBytes);
      const foreign = first ? foreignFormat(bytes) : null;
      if (foreign) throw invalidField(["file"], { reason: "file_foreign", format: foreign });
      first = false;
      const nul = bytes.indexOf(0);
      if (nul !== -1) {
        throw invalidField(["file"], { reason: "file_nul", line: line + newlines(bytes.subarray(0, nul)) });
      }
      yield decode(decoder, bytes, line);
      line += newlines(bytes);
    }
  }
  const rest = decode(decoder, undefined, line);
  if (rest) yield rest;
}

function decode(decoder: TextDecoder, bytes: Uint8Array | undefined, line: number): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    const lenient = new TextDecoder().decode(bytes);
    const before = lenient.slice(0, Math.max(0, lenient.indexOf("\uFFFD")));
    const at = line + before.split("\n").length - 1;
    throw invalidField(["file"], { reason: "file_not_utf8", line: at });
  }
}
