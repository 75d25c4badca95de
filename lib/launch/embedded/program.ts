import { spawn } from "node:child_process";
import { onShutdown } from "../shutdown";
import { type Account, spawnOptions } from "./account";

/**
 * Runs one of PostgreSQL's programs to its end; it is ended with this process.
 * @param input what it reads
 * @returns what it complained of, if it failed
 */
export async function runProgram(
  path: string,
  args: string[],
  account: Account | undefined,
  input = "",
): Promise<string | undefined> {
  const child = spawn(path, args, { ...spawnOptions(account), stdio: ["pipe", "ignore", "pipe"] });
  const forget = onShutdown(() => child.kill());
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words += text;
  });
  child.stdin.on("error", () => undefined); // it ended without reading, and says why
  child.stdin.end(input);
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => resolve(code === 0 ? undefined : words.trim()));
  });
  forget();
  return failure;
}
