import { readFileSync } from "node:fs";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { start: string } };

/** What `npm start` runs, as a shell is told it: `exec node …`. */
export const startCommand = scripts.start;

/** The same without a shell: what Node is given. */
export const startArguments = startCommand.replace(/^exec node /, "").split(" ");
