import { isUtf8 } from "node:buffer";
import { DomainError, invalidField } from "@/lib/errors";
import { Decoding, utf16In } from "@/lib/imports/decoding";
import type { Encoding } from "@/lib/imports/encodings";
import type { FileKind } from "@/lib/imports/file-kinds";

const pieceBytes = 64 * 1024;
const lineFeed = 10;

/** The refusal of a file beyond the limit. */
export function fileTooLarge({ bytesMax }: FileKind): DomainError {
  return new DomainError("too_large", { reason: "file_large", bytes: bytesMax });
}

/** How much of a file is looked at before anything is made of it. */
const startBytes = 4096;

/** What the first bytes of a file give away, when it is no text at all. */
function foreignFormat(bytes: Uint8Array): "zip" | "gzip" | null {
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return "zip";
  return starts(0x1f, 0x8b) ? "gzip" : null;
}

function newlines(text: string, to = text.length): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** The bytes in pieces of at most 64 kB; the first has the whole start of the file, however little came at a time. */
async function* bytePieces(
  body: AsyncIterable<Uint8Array>,
  kind: FileKind,
  seen: { bytes: number },
): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | null = new Uint8Array();
  for await (const chunk of body) {
    seen.bytes += chunk.byteLength;
    if (seen.bytes > kind.bytesMax) throw fileTooLarge(kind);
    const bytes: Uint8Array = start?.length ? Buffer.concat([start, chunk]) : chunk;
    if (start && bytes.length < startBytes) {
      start = bytes;
      continue;
    }
    start = null;
    for (let from = 0; from < bytes.byteLength; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
  }
  if (start?.length) yield start;
}

/**
 * The text of an uploaded file in pieces, with its byte order mark if it has one. `seen` counts its bytes as it reads, and learns
 * its encoding.
 * @throws DomainError too_large beyond what such a file may have; invalid for anything that is no text
 */
export async function* textPieces(
  body: AsyncIterable<Uint8Array>,
  kind: FileKind,
  seen: { bytes: number; encoding: Encoding },
): AsyncGenerator<string> {
  let decoding: Decoding | null = null;
  let line = 1;
  const textOf = (bytes: Uint8Array | null) => {
    const text = decode(decoding, bytes, line, seen);
    const nul = text.indexOf("\0");
    if (nul !== -1) throw invalidField(["file"], { reason: "file_nul", line: line + newlines(text, nul) });
    line += newlines(text);
    return text;
  };
  for await (const bytes of bytePieces(body, kind, seen)) {
    if (!decoding) {
      const format = foreignFormat(bytes);
      if (format) throw invalidField(["file"], { reason: "file_foreign", format });
      decoding = new Decoding(seen, kind.asks, utf16In(bytes));
    }
    yield textOf(bytes);
  }
  const rest = textOf(null);
  if (rest) yield rest;
}

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** How many lines of bytes come before the one that is no UTF-8. They may begin and end in the midst of a character. */
function wrongLine(bytes: Uint8Array): number {
  const begun = bytes.subarray(0, 3).findIndex((byte) => byte >> 6 !== 0b10);
  let from = begun === -1 ? Math.min(3, bytes.length) : begun;
  for (let line = 0; ; line += 1) {
    const end = bytes.indexOf(lineFeed, from);
    if (end === -1) return decodes(bytes.subarray(from)) ? 0 : line;
    if (!isUtf8(bytes.subarray(from, end))) return line;
    from = end + 1;
  }
}

function decode(
  decoding: Decoding | null,
  bytes: Uint8Array | null,
  line: number,
  { encoding }: { encoding: Encoding },
): string {
  try {
    return decoding?.text(bytes) ?? "";
  } catch {
    const at = line + (encoding === "utf-8" && bytes ? wrongLine(bytes) : 0);
    throw invalidField(["file"], { reason: encoding === "utf-8" ? "file_not_utf8" : "file_not_utf16", line: at });
  }
}
