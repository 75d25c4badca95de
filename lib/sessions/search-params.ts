import { codeSentences } from "@/lib/codes/reasons";
import { characterCount, integrationIdProblem, tidied } from "@/lib/codes/rules";
import { say, sayAny } from "@/lib/say";
import { type SearchParams, withQuery } from "@/lib/search-params";
import { parseZoned } from "@/lib/zone";
import { clockSentences } from "@/lib/zone-reasons";

/** What is asked of a code, as its form has it; the texts are what was typed. */
export interface CodeQuestion {
  code: string;
  friend: string;
  at: string;
}

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");

/** The question in a page's address. */
export function readQuestion(query: SearchParams): CodeQuestion {
  return { code: one(query.code), friend: one(query.friend), at: one(query.at) };
}

/** A question that can be asked, or what is wrong with it, by field. Null for a form that is empty still. */
export function asked(
  { code, friend: typed, at }: CodeQuestion,
  zone: string,
  now: Date,
): { code: string; friend: string | null; now: Date } | { problems: Partial<CodeQuestion> } | null {
  const friend = tidied(typed);
  if (code.trim() === "" && friend === "") return null;
  const problems: Partial<CodeQuestion> = {};
  if (code.trim() === "") problems.code = "Type the code that is to be checked.";
  else if (characterCount(code) > 100) problems.code = "A code has up to 100 characters.";
  else if (code.includes("\u0000") || !code.isWellFormed())
    problems.code = "This code holds a character that no code has.";
  const friendProblem = friend === "" ? null : sayAny(codeSentences, integrationIdProblem(friend));
  if (friendProblem) problems.friend = friendProblem;
  const instant = at.trim() === "" ? now : parseZoned(at, zone, "start");
  if (!(instant instanceof Date)) problems.at = say(clockSentences, instant);
  if (Object.keys(problems).length > 0 || !(instant instanceof Date)) return { problems };
  return { code, friend: friend === "" ? null : friend, now: instant };
}

/** How far one turns pages of friends. */
const pagesMax = 20_000;

/** Which customer a page's address names, and which page of their friends; the first where it says none that there can be. */
export function readCustomer(query: SearchParams): { id: string; page: number } {
  const page = /^[1-9]\d{0,4}$/.test(one(query.friends)) ? Number(query.friends) : 1;
  return { id: tidied(one(query.id)), page: page <= pagesMax ? page : 1 };
}

/** The addresses of what is asked about customers and codes of an application. */
export function shopPaths(applicationId: number) {
  const base = `/applications/${applicationId}`;
  return {
    check: (question: Partial<CodeQuestion> = {}) => withQuery(`${base}/check`, { ...question }),
    /** A customer, as advocate and as friend, with a page of friends. By a query, because an ID can be “.” or hold a slash. */
    customer: (id: string, page = 1) => withQuery(`${base}/customers`, { id, friends: page === 1 ? "" : String(page) }),
  };
}
