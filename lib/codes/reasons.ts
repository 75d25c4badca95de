import { readableCharacters } from "@/lib/codes/generator";
import { codeLength } from "@/lib/codes/rules";
import type { Sentences } from "@/lib/say";

/** Why the database cannot store a text. */
export type TextReason = { reason: "text_nul" | "text_broken" };

/** Why a text is no code. */
export type CodeTextReason =
  | { reason: "code_short"; code: string }
  | { reason: "code_long"; length: number }
  | { reason: "code_character"; code: string; character: string };

/** Why a text is no Integration ID. */
export type IntegrationIdReason = { reason: "id_empty" } | { reason: "id_long"; length: number } | TextReason;

/** Why no codes can be made of a pattern, or of the characters for it. */
export type PatternReason =
  | { reason: "pattern_length"; length: number }
  | { reason: "pattern_character"; character: string }
  | { reason: "pattern_fixed"; pattern: string };
export type CharactersReason =
  | { reason: "characters_character"; character: string }
  | { reason: "characters_unfoldable"; character: string; folded: string }
  | { reason: "characters_few"; characters: string; different: number; folded: boolean };

export type CodeReason = CodeTextReason | IntegrationIdReason | PatternReason | CharactersReason;

const { min, max } = codeLength;

export const codeSentences: Sentences<CodeReason> = {
  text_nul: () => "The text holds a NUL character; remove it.",
  text_broken: () => "The text holds a broken character (a lone surrogate); remove it.",
  code_short: ({ code }) => `“${code}” is too short: a code has ${min} to ${max} characters.`,
  code_long: ({ length }) => `This code has ${length} characters: a code has ${min} to ${max}.`,
  code_character: ({ code, character }) =>
    `“${code}” contains ${character === " " ? "a space" : `“${character}”`}: a code has letters, digits and . _ % + @ # - only.`,
  id_empty: () => "An Integration ID has 1 to 1,000 characters; this one is empty.",
  id_long: ({ length }) =>
    `An Integration ID has 1 to 1,000 characters; this one has ${length.toLocaleString("en-GB")}.`,
  pattern_length: ({ length }) =>
    `A pattern is as long as its codes, ${min} to ${max} characters; this one has ${length}.`,
  pattern_character: ({ character }) =>
    `The pattern contains ${character === " " ? "a space" : `“${character}”`}. Use letters A to Z, digits and . _ % + @ - with # for each random character.`,
  pattern_fixed: ({ pattern }) =>
    `“${pattern}” has no #, so it makes one code only. Put a # for each random character.`,
  characters_character: ({ character }) => {
    const name = /^\s$/u.test(character) ? "a space; write them without spaces" : `“${character}”; remove it`;
    return `The characters contain ${name}: a code has letters, digits and . _ % + @ # - only.`;
  },
  characters_unfoldable: ({ character, folded }) =>
    `“${character}” becomes “${folded}” in this application, which is more than one character; remove it.`,
  characters_few: ({ characters, different, folded }) =>
    `“${characters}” holds ${different === 1 ? "only one character" : "no character"}${folded ? " (upper and lower case count as one here)" : ""}: give at least two different ones, such as ${readableCharacters}.`,
};
