/** Those in which each byte is a character, whatever the bytes are; their first is what is assumed. */
export const singleByteEncodings = [
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "windows-1254",
  "macintosh",
] as const;
export type SingleByteEncoding = (typeof singleByteEncodings)[number];

/** How the bytes of a file can be its text. */
export const encodings = ["utf-8", "utf-16le", "utf-16be", ...singleByteEncodings] as const;
export type Encoding = (typeof encodings)[number];

/** What people call them. */
export const encodingNames: Record<Encoding, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16, big end first",
  "windows-1252": "Windows-1252, Western European",
  "windows-1250": "Windows-1250, Central European",
  "windows-1251": "Windows-1251, Cyrillic",
  "windows-1254": "Windows-1254, Turkish",
  macintosh: "Mac Roman, files of old Macintoshes",
};

/** Whether a file was read in an encoding that its bytes do not give away, so that another may be the right one. */
export function isAssumed(encoding: Encoding): encoding is SingleByteEncoding {
  return (singleByteEncodings as readonly Encoding[]).includes(encoding);
}

/** The text of bytes in an encoding of single bytes. Node takes windows-1252 for Latin-1 where it does not stream. */
function decoded(bytes: Uint8Array, encoding: SingleByteEncoding): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
}

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** What reads a text, which was read in one encoding, in another: by the bytes that it was made of. */
export function rereading(from: SingleByteEncoding, to: SingleByteEncoding): (text: string) => string {
  const bytes = new Map([...decoded(everyByte, from)].map((character, byte) => [character, byte]));
  return (text) =>
    decoded(
      Uint8Array.from(text, (character) => bytes.get(character) ?? 0x3f),
      to,
    );
}
