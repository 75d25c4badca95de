import { type CaseRule, characterCount, codeLength, foldCode } from "@/lib/referrals/rules";

export const campaignStates = ["enabled", "disabled", "archived"] as const;
export type CampaignState = (typeof campaignStates)[number];

/** Whether the campaign takes part in referrals now. */
export function hasReferrals(campaign: { features: readonly string[] }): boolean {
  return campaign.features.includes("referrals");
}

/** The features with referrals switched on or off; the others are left alone. */
export function withReferrals(features: readonly string[], on: boolean): string[] {
  const others = features.filter((feature) => feature !== "referrals");
  return on ? [...others, "referrals"] : others;
}

export type CampaignStatus = "running" | "scheduled" | "ended" | "disabled" | "archived";

/** What the state and the schedule come to at `now`. Ends are exclusive. */
export function campaignStatus(
  campaign: { state: string; startTime: Date | null; endTime: Date | null },
  now: Date,
): CampaignStatus {
  if (campaign.state === "archived" || campaign.state === "disabled") return campaign.state;
  if (campaign.endTime && campaign.endTime <= now) return "ended";
  if (campaign.startTime && campaign.startTime > now) return "scheduled";
  return "running";
}

/** What is wrong with a code pattern, or null. `#` is one random character, the rest stands for itself. */
export function patternProblem(pattern: string): string | null {
  const length = characterCount(pattern);
  if (length < codeLength.min || length > codeLength.max) {
    return `A pattern is as long as its codes, ${codeLength.min} to ${codeLength.max} characters; this one has ${length}.`;
  }
  const forbidden = [...pattern].find((character) => !/^[A-Za-z0-9._%+@#-]$/.test(character));
  if (forbidden !== undefined) {
    const name = forbidden === " " ? "a space" : `“${forbidden}”`;
    return `The pattern contains ${name}. Use letters A to Z, digits and . _ % + @ - with # for each random character.`;
  }
  if (!pattern.includes("#"))
    return `“${pattern}” has no #, so it makes one code only. Put a # for each random character.`;
  return null;
}

/** What is wrong with the characters that `#` may become, or null. */
export function charactersProblem(characters: string): string | null {
  const all = [...characters];
  const forbidden = all.find((character) => !/^[A-Za-z0-9]$/.test(character));
  if (forbidden !== undefined) {
    const name = forbidden === " " ? "a space" : `“${forbidden}”`;
    return `The characters contain ${name}. Use letters A to Z and digits only, without anything between them.`;
  }
  const twice = all.find((character, index) => all.indexOf(character) !== index);
  if (twice !== undefined) return `“${twice}” stands there twice. Name each character once.`;
  if (all.length < 2) return "Name at least two characters to choose from, such as ABCDEFGHJKLMNPQRSTUVWXYZ23456789.";
  return null;
}

/** How many different codes a pattern can make, for a pattern and characters without a problem. */
export function combinations(pattern: string, characters: string, caseRule: CaseRule): bigint {
  const distinct = new Set([...characters].map((character) => foldCode(character, caseRule))).size;
  const places = [...pattern].filter((character) => character === "#").length;
  return BigInt(distinct) ** BigInt(places);
}

/**
 * One code of the pattern. `randomIndex(n)` gives a whole number from 0 to n - 1; codes that will be used need one
 * from a cryptographic source.
 */
export function codeFromPattern(pattern: string, characters: string, randomIndex: (count: number) => number): string {
  const choices = [...characters];
  return pattern.replace(/#/g, () => choices[randomIndex(choices.length)] ?? "");
}

/** A few codes to look at, always the same for a pattern, so that server and browser show the same ones. */
export function exampleCodes(pattern: string, characters: string, count: number): string[] {
  let seed = [...pattern].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  const next = (choices: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * choices);
  };
  return Array.from({ length: count }, () => codeFromPattern(pattern, characters, next));
}
