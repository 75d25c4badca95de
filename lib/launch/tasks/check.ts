import { nextProgram } from "../build";
import { runTask } from "../shutdown";
import { programStage, sumUp, vitestStage } from "../stage";
import { temporaryFolder } from "../temporary";

/** The lint and format stage. */
export function lint() {
  return programStage("lint", ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]);
}

/** The type stage. Needs the routes' types, which a build or `next typegen` writes. */
export function types() {
  return programStage("types", ["node_modules/typescript/bin/tsc", "--noEmit", "--project", "."]);
}

/** `npm run check`: what can be known without a database and a browser, in seconds. */
export default function check(): Promise<void> {
  return runTask(async () => {
    process.env.BASE_PATH = ""; // the types of routes are those of the build at the root
    const reports = temporaryFolder();
    const routeTypes = programStage("route types", [nextProgram, "typegen"]);
    const results = await Promise.all([
      lint(),
      routeTypes,
      routeTypes.then(types),
      vitestStage("unit tests", ["unit"], reports.path),
    ]);
    reports.remove();
    return sumUp(results);
  });
}
