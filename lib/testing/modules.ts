import { execFile } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A module of JavaScript that is to be run, with variables of its environment. */
interface Module {
  code: string;
  env: Record<string, string>;
}

const runner = `
const [, , ...names] = process.argv;
const outcomes = [];
for (const name of names) {
  const { env, printed } = JSON.parse(await (await import("node:fs/promises")).readFile(name + ".json", "utf8"));
  Object.assign(process.env, env);
  console.log = (text) => printed.push(text);
  const failure = await import("./" + name + ".mjs").then(() => null, (error) => String(error?.response?.text ?? error?.stack ?? error));
  outcomes.push({ printed, failure });
}
process.stdout.write(JSON.stringify(outcomes));
`;

/** What came of a module: what it printed, and why it failed. */
interface Outcome {
  printed: unknown[];
  failure: string | null;
}

/** Runs modules one after the other, each whole, in a process of their own and in a folder; they know the packages of this project. */
export async function runModules(modules: Module[], folder: string): Promise<Outcome[]> {
  symlinkSync(resolve(import.meta.dirname, "../../node_modules"), `${folder}/node_modules`);
  writeFileSync(`${folder}/run.mjs`, runner);
  const names = modules.map(({ code, env }, n) => {
    writeFileSync(`${folder}/example-${n}.mjs`, code);
    writeFileSync(`${folder}/example-${n}.json`, JSON.stringify({ env, printed: [] }));
    return `example-${n}`;
  });
  const { stdout } = await run(process.execPath, ["run.mjs", ...names], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
}
