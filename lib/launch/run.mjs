// `node lib/launch/run.mjs <task>`: what every npm script calls. Plain JavaScript, because on a fresh clone there is
// nothing but Node; it installs the packages, compiles the programs and hands over to the task of that name.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { generateClient } from "./client.mjs";
import { install, Refusal } from "./install.mjs";
import { programOf, providePrograms } from "./programs.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @param {string} task
 * @param {string[]} args
 */
async function run(task, args) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Refusal(`Node ${process.versions.node} is too old for Referrals; install Node 20.19 or newer, best 24.`);
  }
  process.chdir(root);
  const source = `lib/launch/tasks/${task}.ts`;
  if (!existsSync(source)) throw new Refusal(`There is no task "${task}"; "npm run" lists them.`);
  install(root);
  generateClient();
  providePrograms();
  const { default: start } = await import(pathToFileURL(programOf(source)).href);
  await start(args);
}

run(process.argv[2] ?? "", process.argv.slice(3)).catch((error) => {
  console.error(error instanceof Refusal ? error.message : error);
  process.exit(1);
});
