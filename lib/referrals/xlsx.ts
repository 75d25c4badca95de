import { Readable } from "node:stream";
import { crc32, createDeflateRaw, deflateRawSync } from "node:zlib";

/** Rows that a sheet has, with the one of the names. */
export const sheetRowsMax = 1_048_576;

// What XML cannot hold stands as the mark of an unreadable character, what COPY would escape as a reference.
const unreadable = String.raw`'[\x01-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]'`;
const replaced = [
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ["_x", "_x005F_x"],
  ["\\", "&#92;"],
  ["\n", "&#10;"],
  ["\r", "&#13;"],
  ["\t", "&#9;"],
] as const;
const literal = (text: string) =>
  /[\\\n\r\t]/.test(text) ? `E${JSON.stringify(text).replace(/^"|"$/g, "'")}` : `'${text}'`;

/** SQL for a cell that holds text as it is: no formula, no lost zero. Empty where the value is null. */
export function sheetText(value: string): string {
  const escaped = replaced.reduce(
    (sql, [from, to]) => `replace(${sql}, ${literal(from)}, ${literal(to)})`,
    `left(${value}, 32767)`,
  );
  const readable = `regexp_replace(${escaped}, ${unreadable}, '\uFFFD', 'g')`;
  return `coalesce('<c t="inlineStr"><is><t xml:space="preserve">' || ${readable} || '</t></is></c>', '<c/>')`;
}

/** SQL for a cell that holds a number. */
export function sheetNumber(value: string): string {
  return `coalesce('<c><v>' || (${value}) || '</v></c>', '<c/>')`;
}

/** SQL for the XML of a row of such cells; COPY writes it as it is. */
export function sheetRow(cells: string[]): string {
  return `'<row>' || ${cells.join(" || ")} || '</row>'`;
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";
const parts: [name: string, text: string][] = [
  [
    "[Content_Types].xml",
    `${xml}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  ],
  [
    "_rels/.rels",
    `${xml}<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/workbook.xml",
    `${xml}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="Referrals" sheetId="1" r:id="r1"/></sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `${xml}<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
];

const escapeXml = (text: string) =>
  text.replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character] ?? "");

/** An archive's entry once it is written. */
interface Entry {
  name: string;
  offset: number;
  crc: number;
  packed: number;
  size: number;
}

// 1 January 1980: the contents say when they are of, and equal contents give equal files.
const dosDate = 0x21;
const flags = 0x0808; // sizes follow the data; names are UTF-8
const version = 20;

function localHeader(name: string): Buffer {
  const header = Buffer.alloc(30 + Buffer.byteLength(name));
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt16LE(dosDate, 12);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  header.write(name, 30);
  return header;
}

function descriptor({ crc, packed, size }: Entry): Buffer {
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(0x08074b50, 0);
  sizes.writeUInt32LE(crc, 4);
  sizes.writeUInt32LE(packed, 8);
  sizes.writeUInt32LE(size, 12);
  return sizes;
}

function centralHeader({ name, offset, crc, packed, size }: Entry): Buffer {
  const header = Buffer.alloc(46 + Buffer.byteLength(name));
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(version, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(8, 10);
  header.writeUInt16LE(dosDate, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(Buffer.byteLength(name), 28);
  header.writeUInt32LE(offset, 42);
  header.write(name, 46);
  return header;
}

function ending(entries: Entry[], offset: number): Buffer {
  const headers = entries.map(centralHeader);
  const size = headers.reduce((sum, header) => sum + header.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...headers, end]);
}

async function* sheet(names: string[], rows: Readable): AsyncGenerator<Buffer> {
  const cells = names.map((name) => `<c t="inlineStr"><is><t>${escapeXml(name)}</t></is></c>`).join("");
  yield Buffer.from(
    `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row>${cells}</row>`,
  );
  for await (const chunk of rows) yield chunk as Buffer;
  yield Buffer.from("</sheetData></worksheet>");
}

async function* archive(names: string[], rows: Readable): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let offset = 0;
  const sent = (bytes: Buffer) => {
    offset += bytes.length;
    return bytes;
  };
  for (const [name, text] of parts) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const entry = { name, offset, crc: crc32(data), packed: packed.length, size: data.length };
    entries.push(entry);
    yield sent(Buffer.concat([localHeader(name), packed, descriptor(entry)]));
  }
  const entry: Entry = { name: "xl/worksheets/sheet1.xml", offset, crc: 0, packed: 0, size: 0 };
  yield sent(localHeader(entry.name));
  const counted = async function* () {
    for await (const chunk of sheet(names, rows)) {
      entry.crc = crc32(chunk, entry.crc);
      entry.size += chunk.length;
      // sizes have 32 bits in the plain archive that every program reads
      if (entry.size > 0xffffffff) throw new Error("a sheet of more than 4 GB cannot be written");
      yield chunk;
    }
  };
  const source = Readable.from(counted(), { objectMode: true });
  const deflate = createDeflateRaw({ level: 1 });
  source.once("error", (error) => deflate.destroy(error));
  for await (const chunk of source.pipe(deflate)) {
    entry.packed += chunk.length;
    yield sent(chunk);
  }
  entries.push(entry);
  yield sent(descriptor(entry));
  yield ending(entries, offset);
}

/** An XLSX file of one sheet: a row of names, then rows as `sheetRow` writes them. Streams; memory does not grow with the rows. */
export function workbook(names: string[], rows: Readable): Readable {
  return Readable.from(archive(names, rows), { objectMode: false });
}
