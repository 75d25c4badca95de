import { withBase } from "@/lib/base-path";
import { readSettings } from "@/lib/env";
import { runNode } from "../child";
import { readyDatabase } from "../database";
import { readOptions } from "../options";
import { programOf } from "../programs.mjs";
import { say } from "../progress";
import { runTask } from "../shutdown";

const options = { email: { type: "string" }, "without-second-factor": { type: "boolean" } } as const;
const usage = "npm run sign-in-link -- [--email maria@example.com] [--without-second-factor]";

/**
 * `npm run sign-in-link -- --email maria@example.com`: prints a link by which that person, or else the first administrator, chooses a new
 * password; their sessions end then. `--without-second-factor` takes theirs away at once. Whoever has a terminal of the server has the
 * server. One that runs is used as it is.
 */
export default function signInLink(args: string[]): Promise<void> {
  return runTask(async () => {
    const values = readOptions(args, options, usage);
    const settings = readSettings(process.env);
    await readyDatabase({ ...settings, demo: false }, { beside: true });
    const program = programOf("lib/launch/steps/link.ts");
    const kind = values["without-second-factor"] ? "reset-without-second-factor" : "reset";
    const { code, output } = await runNode([program, kind, ...(values.email === undefined ? [] : [values.email])]);
    const lines = output.trimEnd().split("\n");
    const path = code === 0 ? lines.pop() : undefined;
    if (lines.length > 0) console.log(lines.join("\n"));
    if (path === undefined) return code;
    const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
    say("Open", "where the server is reached; it lets one in once, within 24 hours:");
    console.log(`http://${host}:${settings.port}${withBase(path)}`);
    return 0;
  });
}
