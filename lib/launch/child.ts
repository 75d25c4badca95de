import { spawn } from "node:child_process";
import { LaunchProblem } from "./problem";
import { onShutdown } from "./shutdown";

/** How a finished child process went. `output` is everything it printed. */
type ChildResult = { code: number; output: string };

/**
 * Runs one of the project's own Node programs to its end; it is ended with this process.
 * @param show passes what it prints on, besides collecting it.
 */
export function runNode(
  args: string[],
  { environment = {}, show = false }: { environment?: Record<string, string>; show?: boolean } = {},
): Promise<ChildResult> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const forget = onShutdown(() => child.kill());
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (show) process.stdout.write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      forget();
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Like `runNode`, for a step that has to succeed. @throws LaunchProblem with the end of what it printed. */
export async function runStep(what: string, args: string[], environment: Record<string, string> = {}): Promise<void> {
  const { code, output } = await runNode(args, { environment });
  if (code !== 0) throw new LaunchProblem(`${output.trim().split("\n").slice(-60).join("\n")}\n${what} failed.`);
}
