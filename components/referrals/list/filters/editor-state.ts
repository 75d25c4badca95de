import type { AttributeDefinition } from "@/lib/attributes/rules";
import { batchIdPattern } from "@/lib/codes/rules";
import { readClock } from "@/lib/instant";
import { originFilters, redemptionWords, statusFilters, valuesMax } from "@/lib/referrals/list/filter/terms";
import { say } from "@/lib/say";
import { asLabel, unsetWord } from "@/lib/words";
import { type Bound, clockBound, parseZoned, toWall } from "@/lib/zone";
import { clockSentences } from "@/lib/zone-reasons";
import { type ConditionParam, readCondition, redemptionLabels, wordLabels, writeCondition } from "./conditions";

/** The ways in which a condition can be put. `dates`, `numbers`, `numbersOneOf`, `is`, `has` and `words` ask for values. */
export type Mode = string;

export interface Question {
  modes: { mode: Mode; label: string }[];
  /** The choices of the mode `words`. */
  words: { value: string; label: string }[];
  /** Whether `is` takes several values, one a line. */
  many: boolean;
}

const dates = { mode: "dates", label: "In a range" };
const notSet = (param: string) => ({ mode: "unset", label: asLabel(unsetWord(param)) });
const isSet = { mode: "set", label: "Set" };
const contains = { mode: "has", label: "Contains" };
const is = { mode: "is", label: "Is exactly" };
const numbersOneOf = { mode: "numbersOneOf", label: "One of" };
const numberPattern = /^-?\d{1,15}(\.\d{1,15})?$/;
const labelled = (words: readonly string[]) => words.map((value) => ({ value, label: wordLabels[value] ?? value }));

function attributeQuestion({ type, suggestions }: Pick<AttributeDefinition, "type" | "suggestions">): Question {
  const scalar = type.replace(/^\(list (.+)\)$/, "$1");
  const words = scalar === "string" ? suggestions.map((value) => ({ value: String(value), label: String(value) })) : [];
  const own = {
    number: [{ mode: "numbers", label: "In a range" }, numbersOneOf],
    time: [dates],
    boolean: [
      { mode: "yes", label: "Yes" },
      { mode: "no", label: "No" },
    ],
  }[scalar] ?? [...(words.length > 0 ? [{ mode: "words", label: "One of" }] : []), contains, is];
  return { modes: [...own, notSet("attribute"), isSet], words, many: true };
}

/** How a condition can be put; `definition` is of the attribute that it is about. */
export function questionOf(param: ConditionParam, definition?: AttributeDefinition): Question {
  const plain = (modes: Question["modes"], words: Question["words"] = []): Question => ({ modes, words, many: false });
  switch (param) {
    case "status":
      return plain([{ mode: "words", label: "One of" }], labelled(statusFilters));
    case "origin":
      return plain([{ mode: "words", label: "One of" }], labelled(originFilters));
    case "created":
      return plain([dates]);
    case "validFrom":
    case "validUntil":
      return plain([dates, notSet(param), isSet]);
    case "advocate":
      return plain([contains, is]);
    case "friend":
      return plain([contains, is, notSet(param), isSet]);
    case "batch":
      return plain([{ mode: "is", label: "Is" }, notSet(param), isSet]);
    case "redemptions":
      return plain([
        ...redemptionWords.map((word) => ({ mode: word, label: capital(redemptionLabels[word] ?? word) })),
        { mode: "numbers", label: "From … to" },
      ]);
    default:
      return attributeQuestion(definition ?? { type: "string", suggestions: [] });
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What stands in an editor. */
export interface Answer {
  mode: Mode;
  from: string;
  to: string;
  text: string;
  words: string[];
}

const fromClock = (clock: unknown) => String(clock ?? "").replace("T", " ");

/** The editor's state for what the address says now; its first mode where it says nothing that can be read. */
export function answerOf(param: ConditionParam, text: string, question: Question): Answer {
  const empty: Answer = { mode: question.modes[0]?.mode ?? "", from: "", to: "", text: "", words: [] };
  const has = (mode: Mode) => question.modes.some((known) => known.mode === mode);
  const value = readCondition(param, text);
  if (value === null) return empty;
  if (typeof value === "string")
    return has(value) ? { ...empty, mode: value } : has("is") ? { ...empty, mode: "is", text: value } : empty;
  if (Array.isArray(value)) return { ...empty, words: value };
  const given = value as { is?: string; contains?: string; oneOf?: unknown[]; times?: object; numbers?: object };
  if (given.is !== undefined) return { ...empty, mode: "is", text: given.is };
  if (given.contains !== undefined) return { ...empty, mode: "has", text: given.contains };
  if (given.oneOf) {
    const [first] = given.oneOf;
    const words = given.oneOf.map(String);
    if (typeof first === "boolean") return { ...empty, mode: words.length > 1 ? "set" : first ? "yes" : "no" };
    if (has("numbersOneOf")) return { ...empty, mode: "numbersOneOf", text: words.join("\n") };
    const known = words.every((word) => question.words.some((choice) => choice.value === word));
    return known && has("words")
      ? { ...empty, mode: "words", words }
      : { ...empty, mode: "is", text: words.join("\n") };
  }
  const { from, to } = (given.times ?? given.numbers ?? given) as { from?: unknown; to?: unknown };
  return { ...empty, mode: has("numbers") ? "numbers" : "dates", from: fromClock(from), to: fromClock(to) };
}

export type Problems = Partial<Record<"from" | "to" | "text" | "words", string>>;

/** The text of an answer in the address, or what is to be mended first. `zone` is the application's. */
export function conditionOf(param: ConditionParam, answer: Answer, zone: string): string | Problems {
  const { mode } = answer;
  const attribute = param.startsWith("attr.");
  if (mode === "words") {
    if (answer.words.length === 0) return { words: "Tick one or more." };
    if (answer.words.length > valuesMax) return { words: tooMany(answer.words) };
    return writeCondition(param, attribute ? { oneOf: answer.words } : answer.words);
  }
  if (mode === "has" || mode === "is" || mode === "numbersOneOf") {
    const lines = [
      ...new Set(
        answer.text
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== ""),
      ),
    ];
    const [first] = lines;
    if (first === undefined) return { text: "Type what to look for." };
    if (param === "batch") {
      const batch = first.toLowerCase();
      return batchIdPattern.test(batch)
        ? batch
        : { text: "Choose a batch below, or type its ID of 8 letters, such as nxbcayrs." };
    }
    if (mode !== "has" && attribute && lines.length > valuesMax) return { text: tooMany(lines) };
    if (mode === "numbersOneOf") {
      const wrong = lines.find((line) => !numberPattern.test(line));
      return wrong === undefined
        ? writeCondition(param, { oneOf: lines.map(Number) })
        : { text: `“${wrong}” is no number. Write one a line, such as 12 or 2.5.` };
    }
    if (mode === "has") return writeCondition(param, { contains: first });
    return writeCondition(param, attribute ? { oneOf: lines } : { is: first });
  }
  if (mode === "dates") return datesOf(param, answer, zone);
  if (mode === "numbers") return numbersOf(param, answer);
  if (mode === "yes" || mode === "no") return writeCondition(param, { oneOf: [mode === "yes"] });
  return writeCondition(param, mode);
}

const tooMany = (values: string[]) => `These are ${values.length} values; one condition takes up to ${valuesMax}.`;

const clockPattern = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2})?$/;

/**
 * An end of a range as `clockBound` reads it: a day or a minute on the zone's clocks. A time with an offset or Z is the minute
 * in which that instant lies there. A minute that happens twice is the first as a start and the second as an end. Null where
 * there is no text.
 */
function clockOf(text: string, zone: string, bound: Bound): { clock?: string | null; problem?: string } {
  const given = text.trim();
  if (given === "") return { clock: null };
  const reading = readClock(given);
  if (reading !== null && "reason" in reading) return { problem: say(clockSentences, reading) };
  if (reading !== null && reading.offset !== null) return clockAt(given, zone, bound);
  if (reading === null || !clockPattern.test(given))
    return { problem: "Write a day or a minute, like 2027-01-31 or 2027-01-31 14:30." };
  return { clock: given.replace(" ", "T") };
}

function clockAt(given: string, zone: string, bound: Bound): { clock?: string; problem?: string } {
  const meant = parseZoned(given, zone, bound);
  if (!(meant instanceof Date)) return { problem: say(clockSentences, meant) };
  const clock = toWall(meant, zone).toISOString().slice(0, 16);
  const edge = clockBound(clock, zone, bound).getTime();
  const distance = bound === "start" ? meant.getTime() - edge : edge - meant.getTime();
  if (distance >= 0 && distance <= 60_000) return { clock };
  const which =
    bound === "start"
      ? "a start, a time that happens twice is the first"
      : "an end, a time that happens twice is the second";
  return { problem: `As ${which}. Choose another time.` };
}

/** The instant at which a range begins or ends that is typed so, or what is wrong with the text. */
export function edgeOf(text: string, zone: string, bound: Bound): Date | string {
  const { clock, problem } = clockOf(text, zone, bound);
  return clock ? clockBound(clock, zone, bound) : (problem ?? "Write a day, like 2027-01-31.");
}

function datesOf(param: ConditionParam, { from, to }: Answer, zone: string): string | Problems {
  const [start, end] = [clockOf(from, zone, "start"), clockOf(to, zone, "end")];
  if (start.problem !== undefined || end.problem !== undefined) return { from: start.problem, to: end.problem };
  if (!start.clock && !end.clock) return { from: "Give a start, an end, or both." };
  if (start.clock && end.clock && start.clock > `${end.clock}T99`.slice(0, 16))
    return { to: "This is before the start." };
  const range = { from: start.clock ?? null, to: end.clock ?? null };
  return writeCondition(param, param.startsWith("attr.") ? { times: range } : range);
}

function numbersOf(param: ConditionParam, answer: Answer): string | Problems {
  const attribute = param.startsWith("attr.");
  const pattern = attribute ? numberPattern : /^\d{1,9}$/;
  const problem = attribute ? "Write a number, such as 12 or 2.5." : "Write a whole number, such as 3.";
  const [from, to] = [answer.from.trim(), answer.to.trim()];
  if (from !== "" && !pattern.test(from)) return { from: problem };
  if (to !== "" && !pattern.test(to)) return { to: problem };
  if (from === "" && to === "") return { from: "Give a least, a most, or both." };
  if (from !== "" && to !== "" && Number(from) > Number(to)) return { to: "This is less than the least." };
  const range = { from: from === "" ? null : Number(from), to: to === "" ? null : Number(to) };
  return writeCondition(param, attribute ? { numbers: range } : range);
}
