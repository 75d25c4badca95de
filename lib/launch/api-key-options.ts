import { parseArgs } from "node:util";
import type { DomainError } from "@/lib/errors";
import { fieldProblems } from "@/lib/field-problems";
import { type CreateKeyInput, createKeyInput } from "@/lib/keys/schema";
import { shortened } from "@/lib/shortened";
import { LaunchProblem } from "./problem";

const options = ["kind", "application", "name", "expires", "per-second", "permission"] as const;
type Option = (typeof options)[number];

/** The option that a field of the input is given by. */
const optionOf: Record<keyof CreateKeyInput, Option> = {
  ...{ kind: "kind", applicationId: "application", name: "name" },
  ...{ expires: "expires", perSecond: "per-second", permissions: "permission" },
};
const missing: Partial<Record<Option, string>> = {
  kind: "--kind is missing; give integration for a shop, or management for a back office.",
  application: "--application is missing; give the id of the application, such as 1.",
  name: "--name is missing; give the name of the program that sends the key, such as “Web shop”.",
};
const usage =
  'npm run api-key -- --kind integration|management --application 1 --name "Web shop" [--expires 2027-12-31T23:59:59Z] [--per-second 1000] [--permission referrals.create]…';

/**
 * The key that is asked for on the command line.
 * @throws LaunchProblem that names every option that is missing or wrong, with its mend
 */
export function readKeyOptions(args: string[]): CreateKeyInput {
  const { given, problems } = readOptions(args);
  const text = (option: Option) => given.get(option)?.[0];
  const number = (option: Option) => (/^\d{1,15}$/.test(text(option) ?? "") ? Number(text(option)) : text(option));
  const { data, error } = createKeyInput.safeParse({
    kind: text("kind"),
    applicationId: number("application"),
    name: text("name") ?? "",
    permissions: given.get("permission"),
    perSecond: number("per-second"),
    expires: text("expires") ?? null,
  });
  for (const [field, problem] of Object.entries(error ? fieldProblems(error) : {})) {
    const option = optionOf[field.split(".")[0] as keyof CreateKeyInput];
    if (problems.some((other) => other.startsWith(`--${option} `))) continue;
    problems.push(optionProblem(option, given.get(option)?.join(", "), problem));
  }
  if (data && problems.length === 0) return data;
  throw new LaunchProblem(`${problems.join("\n")}\nIt is used so: ${usage}`);
}

function optionProblem(option: Option, said: string | undefined, problem: string): string {
  if (said === undefined) return missing[option] ?? problem;
  return said && problem.includes(said) ? `--${option}: ${problem}` : `--${option} is “${shortened(said)}”: ${problem}`;
}

/** What a command found wrong with a key, by the options that gave it. */
export function namedByOption(error: DomainError): string {
  const fields = Object.entries(error.more.fields ?? {});
  if (fields.length === 0) return error.message;
  return fields.map(([field, problem]) => `--${optionOf[field as keyof CreateKeyInput]}: ${problem}`).join("\n");
}

/** What each option is given as, and what is none. */
function readOptions(args: string[]): { given: Map<Option, string[]>; problems: string[] } {
  const { tokens } = parseArgs({
    args,
    options: Object.fromEntries(options.map((name) => [name, { type: "string" as const }])),
    strict: false,
    tokens: true,
  });
  const given = new Map<Option, string[]>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional")
      problems.push(`“${shortened(token.value)}” belongs to no option; put a text with blanks in quotes.`);
    if (token.kind !== "option") continue;
    const name = options.find((option) => option === token.name);
    if (!name)
      problems.push(
        `${shortened(token.rawName)} is no option; there are ${options.map((one) => `--${one}`).join(", ")}.`,
      );
    else if (token.value === undefined) problems.push(`--${name} has no value; write it behind it.`);
    else if (given.has(name) && name !== "permission") problems.push(`--${name} is given twice; give it once.`);
    else given.set(name, [...(given.get(name) ?? []), token.value]);
  }
  return { given, problems };
}
