import { expect, it } from "vitest";
import { readEdit } from "@/components/referrals/edit/edit-state";
import { isKept, jsonLoss } from "@/lib/attributes/exact";
import { readAttributeForm } from "@/lib/attributes/form";
import { parseAttributeText } from "@/lib/attributes/input";
import {
  type AttributeDefinition,
  type AttributeType,
  attributeNameProblem,
  attributeTypes,
} from "@/lib/attributes/rules";
import { searchKey } from "@/lib/codes/folding";
import { charactersProblem, patternProblem } from "@/lib/codes/generator";
import { storedCode, tidied } from "@/lib/codes/rules";
import { readListFile } from "@/lib/creations/list-file";
import { readAdvocates } from "@/lib/creations/rules";
import { rereading } from "@/lib/imports/encodings";
import { codesFile } from "@/lib/imports/file-kinds";
import { headerIn } from "@/lib/imports/header";
import { matchColumns } from "@/lib/imports/matching";
import { RecordReader } from "@/lib/imports/records";
import { fileNameField } from "@/lib/imports/schema";
import { atOnce } from "@/lib/in-turns";
import { parseInstant } from "@/lib/instant";
import { formatRow, importColumns, plainCell, safeCell } from "@/lib/referrals/csv";
import { filterParams } from "@/lib/referrals/list/filter/text";
import { readExport, readReferralList } from "@/lib/referrals/list/read";
import { readChanges } from "@/lib/referrals/row-changes";
import { noDates } from "@/lib/referrals/row-dates";
import { readReferral } from "@/lib/referrals/row-referral";
import { readUploadKey } from "@/lib/referrals/upload-key";
import { textField } from "@/lib/text-field";
import { sameList } from "@/lib/views/rules";
import { readWrittenDate } from "@/lib/written-date";
import { parseZoned, zoneProblem } from "@/lib/zone";

const define = (type: AttributeType): AttributeDefinition => ({
  ...{ name: "field", title: "", description: "", type, suggestions: [], restricted: false },
});
const definitions = [define("string")];
const zone = "Europe/Berlin";
const typed = (type: AttributeType) => (text: string) => parseAttributeText(define(type), text, zone);
const field = textField(0, 1000, "A text");
const rules = { caseRule: "insensitive-uppercase", definitions, timeZone: zone } as const;
const asked = (own = define("string")) => ({
  ...rules,
  definitions: [own],
  ownAttributes: [own],
  written: { order: null, facts: noDates() },
});
const edited = (name: string) => (text: string) => readEdit({ [name]: { do: "raise", text } }, definitions, zone);

/** Everything that reads text from outside by a pattern or a loop. */
const readers: [name: string, read: (text: string) => unknown][] = [
  ["a number's digits", isKept],
  ["what JSON loses", (text) => jsonLoss(`{"tier":${text}}`)],
  ["an attribute of a number", typed("number")],
  ["an attribute of text", typed("string")],
  ["an attribute of a time", typed("time")],
  ["an attribute of numbers", typed("(list number)")],
  ["an attribute of texts", typed("(list string)")],
  ["an attribute of times", typed("(list time)")],
  [
    "an attribute's suggestions",
    (text) => readAttributeForm({ ...define("number"), suggestions: text, restricted: true }, zone, {}),
  ],
  ["an attribute's name", attributeNameProblem],
  ...importColumns.map((column): [string, (text: string) => unknown] => [
    `the column ${column}`,
    (text) => readReferral((one) => (one === column ? text : ""), rules),
  ]),
  [
    "a date of a column, as people write it",
    (text) => readReferral((one) => (one === "expirydate" ? text : ""), asked()),
  ],
  ["a date as people write it", (text) => readWrittenDate(text, null)],
  ...attributeTypes.map((type): [string, (text: string) => unknown] => [
    `a column of its own for ${type}`,
    (text) => readReferral((one) => (one === "attributes.field" ? text : ""), asked(define(type))),
  ]),
  ["names of columns", (text) => matchColumns([text, text], codesFile, { definitions })],
  ["letters in another encoding", rereading("windows-1252", "macintosh")],
  ["attributes in JSON", (text) => readReferral((one) => (one === "attributes" ? `{"field":${text}}` : ""), rules)],
  ["an upload key", (text) => readUploadKey(`${text}.0123456789ab`)],
  [
    "a row of changes",
    (text) =>
      readChanges(
        () => text,
        () => true,
        rules,
        { applicationId: 1, campaignId: 1 },
      ),
  ],
  ["a safe cell", safeCell],
  ["a cell as it was", plainCell],
  ["a row of CSV", (text) => formatRow([text])],
  ["records with commas", (text) => [...new RecordReader(",").read(`${text}\n`.slice(0, 1_000_000), true)]],
  ["records in lines", (text) => [...new RecordReader(",").read(text.replace(/.{50}/gsu, "$&\n"), true)]],
  ["a header", (text) => headerIn(`code,advocateprofileintegrationid,${text}`, true)],
  ["a header after blanks", (text) => headerIn(text, false)],
  ["a tidied text", tidied],
  ["an instant", parseInstant],
  ["a typed date", (text) => parseZoned(text, zone, "end")],
  ["a time zone", zoneProblem],
  ["a search key", searchKey],
  ["a code", (text) => storedCode(text, "insensitive-uppercase")],
  ["a field of text", (text) => field.safeParse(text)],
  ["a pattern of codes", patternProblem],
  ["characters of codes", (text) => charactersProblem(text, "sensitive")],
  ["a view's list", (text) => sameList(`status=${text}`, `q=${text}`)],
  ["a file's name", (text) => fileNameField.safeParse(text)],
  ["a raised limit", edited("usageLimit")],
  ["a list of advocates", (text) => atOnce(readAdvocates(text, "once"))],
  ["a file of advocates", (text) => atOnce(readListFile("a.csv", new TextEncoder().encode(text)))],
  ...[...filterParams, "attr.field", "sort", "page", "columns", "view", "nothing"].map(
    (param): [string, (text: string) => unknown] => [
      `the address's ${param}`,
      (text) => readReferralList(new URLSearchParams([[param, text]]), definitions),
    ],
  ),
  ["an export's address", (text) => readExport(new URLSearchParams([["format", text]]), definitions)],
];

const units = [
  "0",
  "1",
  "1,",
  "1 ",
  " ",
  "\t",
  "\u2003",
  "'",
  '"',
  '"",',
  '"\n',
  '"a\n',
  "\\",
  "\\,",
  "-",
  "--",
  "—",
  ".",
  "1..",
  "\n",
  "\r\n",
  "\r",
  ",",
  ";",
  "=",
  "9e",
  "[",
  "[1,",
  '{"a":',
  "a=1&",
  "#",
  "(",
  "2027-01-31\n",
  "x\n",
  "attr.a,",
  "T00:00",
  "\ud800",
  "ß",
  "ﬀ",
  "\u0301\u0323",
];
const shapes = [
  (text: string) => text,
  (text: string) => `${text}x`,
  (text: string) => `1${text}1`,
  (text: string) => `x${text}é`,
];
const candidates = units.flatMap((unit) =>
  shapes.map((shape) => (size: number) => shape(unit.repeat(Math.ceil(size / unit.length)))),
);

/** Milliseconds of the processor that reading takes, however busy the machine is; what it answers is no matter here. */
function timeOf(read: (text: string) => unknown, text: string): number {
  const began = process.cpuUsage();
  try {
    read(text);
  } catch (error) {
    if (error instanceof RangeError) throw error; // too deep
  }
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

it.each(readers)("the worst text for %s takes no longer than its length says", { timeout: 60_000 }, (_name, read) => {
  const timed = candidates.map((text) => ({ text, time: timeOf(read, text(16_000)) }));
  const slowest = timed.toSorted((one, other) => other.time - one.time).slice(0, 2);
  for (const { text, time } of slowest) {
    expect(time, JSON.stringify(text(20))).toBeLessThan(250);
    const [quarter, whole] = [timeOf(read, text(250_000)), timeOf(read, text(1_000_000))];
    // four times the text takes four times as long; sixteen times where the work is quadratic
    expect(whole, JSON.stringify(text(20))).toBeLessThan(Math.max(500, 12 * quarter));
    expect(whole, JSON.stringify(text(20))).toBeLessThan(2000);
  }
});
