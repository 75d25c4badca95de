import { crc32, inflateRawSync } from "node:zlib";
import { expect } from "vitest";

/** The files in a ZIP archive, by what its directory at the end says of them. */
export function unzip(archive: Buffer): Map<string, string> {
  const end = archive.length - 22;
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [crc, packed, size] = [16, 20, 24].map((offset) => archive.readUInt32LE(at + offset));
    const [named, offset] = [archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const name = archive.toString("utf8", at + 46, at + 46 + named);
    const data = inflateRawSync(archive.subarray(offset + 30 + named, offset + 30 + named + (packed ?? 0)));
    expect([data.length, crc32(data)]).toEqual([size, crc]);
    files.set(name, data.toString());
    at += 46 + named;
  }
  return files;
}

/** The cells of a sheet, row by row: text as text, numbers as numbers, empty ones null. */
export function cellsOf(sheet: string): (string | number | null)[][] {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">" };
  const text = (xml: string) =>
    xml
      .replace(/&(#\d+|\w+);/g, (_, name: string) => entities[name] ?? String.fromCodePoint(Number(name.slice(1))))
      .replace(/_x005F_/g, "_");
  return [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
    [...(row ?? "").matchAll(/<c\/>|<c><v>(.*?)<\/v><\/c>|<c t="inlineStr"><is><t[^>]*>(.*?)<\/t><\/is><\/c>/gs)].map(
      ([, number, written]) => (number !== undefined ? Number(number) : written === undefined ? null : text(written)),
    ),
  );
}
