import { parseArgs } from "node:util";
import { z } from "zod";
import { shortened } from "@/lib/shortened";

const usage =
  "npm run stress -- --key rfi_1_… [--url http://127.0.0.1:3000] [--campaign 1] [--clients 64] [--limit 1000] [--rounds 1]";

const whole = (option: string, most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,10}$/.test(text) && Number(text) >= 1 && Number(text) <= most, {
      error: ({ input }) => `--${option} is “${shortened(String(input))}”: give a whole number from 1 to ${most}.`,
    })
    .transform(Number);

const schema = z.object({
  key: z
    .string({ error: "--key is missing; give an integration key, which npm run api-key makes." })
    .regex(/^rfi_\d+_\S{43}$/, { error: "--key is no integration key; these begin with rfi_." }),
  url: z
    .url({
      protocol: /^http$/,
      error: ({ input }) =>
        `--url is “${shortened(String(input))}”: give an http address, such as http://127.0.0.1:3000.`,
    })
    .default("http://127.0.0.1:3000"),
  campaign: whole("campaign", 2_147_483_647).default(1),
  clients: whole("clients", 1000).default(64),
  limit: whole("limit", 1_000_000).default(1000),
  rounds: whole("rounds", 10_000).default(1),
});

/** How large the proof is that is asked for, and of which server. */
export type StressOptions = z.output<typeof schema>;

/** Reads the options of `npm run stress`; what is wrong with them, each with its mend. */
export function readStressOptions(args: string[]): { options: StressOptions } | { problems: string } {
  const names = ["key", "url", "campaign", "clients", "limit", "rounds"] as const;
  const known = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const told = (lines: string[]) => ({ problems: `${lines.join("\n")}\nIt is used so: ${usage}` });
  try {
    const { values } = parseArgs({ args, options: known });
    const { data, error } = schema.safeParse(values);
    return data ? { options: data } : told(error.issues.map(({ message }) => message));
  } catch (error) {
    return told([error instanceof Error ? error.message : String(error)]);
  }
}
