import { isAscii } from "node:buffer";
import type { Encoding } from "@/lib/imports/encodings";

/** How much of the start of a file is looked at for zeros, by which UTF-16 gives itself away. */
const guessedBytes = 4096;

/** Which UTF-16 a file is in: its mark says so, or its start, in which every second byte of simple letters is zero; null for none. */
export function utf16In(start: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const pairs = Math.min(start.length, guessedBytes) >> 1;
  let [firsts, seconds] = [0, 0];
  for (let pair = 0; pair < pairs; pair += 1) {
    if (start[2 * pair] === 0) firsts += 1;
    if (start[2 * pair + 1] === 0) seconds += 1;
  }
  const many = Math.max(1, pairs / 10);
  if (seconds >= many && firsts === 0) return "utf-16le";
  return firsts >= many && seconds === 0 ? "utf-16be" : null;
}

/** Whether bytes that begin beyond ASCII begin with a character of UTF-8. */
function beginsAsUtf8(bytes: Uint8Array): boolean {
  const [first = 0] = bytes;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length));
    return true;
  } catch {
    return false;
  }
}

const none: Uint8Array = new Uint8Array();

/**
 * Makes text of the bytes of a file, which come in pieces. What is all ASCII is UTF-8; the first character beyond it decides:
 * one of UTF-8, or else, where somebody looks at it, the file is taken for Windows-1252, which has no wrong bytes.
 */
export class Decoding {
  #decoder: TextDecoder | null = null;
  #held: Uint8Array = none;

  /** @param seen learns the encoding */
  constructor(
    readonly seen: { encoding: Encoding },
    readonly assumes: boolean,
    known: "utf-16le" | "utf-16be" | null,
  ) {
    if (known) this.#begin(known);
  }

  #begin(encoding: Encoding): TextDecoder {
    this.seen.encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    return this.#decoder;
  }

  /**
   * The text of the next bytes; of none, which ends the file, what is left.
   * @throws TypeError for bytes that are no text of the encoding
   */
  text(bytes: Uint8Array | null): string {
    if (this.#decoder) return bytes ? this.#decoder.decode(bytes, { stream: true }) : this.#decoder.decode();
    const all = this.#held.length > 0 ? Buffer.concat([this.#held, bytes ?? none]) : (bytes ?? none);
    this.#held = none;
    if (isAscii(all)) return asciiText(all);
    const beyond = all.findIndex((byte) => byte > 0x7f);
    const rest = all.subarray(beyond);
    if (bytes && rest.length < 4) {
      this.#held = rest;
      return asciiText(all.subarray(0, beyond));
    }
    const decoder = this.#begin(!this.assumes || beginsAsUtf8(rest) ? "utf-8" : "windows-1252");
    const text = decoder.decode(all, { stream: true });
    return bytes ? text : text + decoder.decode();
  }
}

function asciiText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
