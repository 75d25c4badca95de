import { parseArgs } from "node:util";
import { testedBasePath } from "@/lib/testing/base-path";
import { build } from "../build";
import { provideChromium } from "../chromium";
import { runTask } from "../shutdown";
import { playwrightStage, stage, sumUp, vitestStage } from "../stage";
import { temporaryFolder } from "../temporary";
import { lint, types } from "./check";

const buildStage = (base: string) =>
  stage(`build ${base}`.trimEnd(), async () => ({
    result: { passed: 1, failed: 0 },
    output: String(await build(base)),
  }));

/**
 * `npm test`: everything, on free ports and in temporary folders; nothing of `.data` is touched.
 * @param args `--long` for random tests a hundred times as long, which take a night
 */
export default function test(args: string[]): Promise<void> {
  return runTask(async () => {
    const { DATABASE_URL, DATA_DIR, PORT, HOST, DEMO, BASE_PATH, ...environment } = process.env;
    const { values } = parseArgs({ args, options: { long: { type: "boolean", default: false } } });
    process.env = { ...environment, ...(values.long && { TEST_LENGTH: "100" }) }; // the settings of a running installation are not for its tests
    const chromium = await provideChromium();
    const reports = temporaryFolder();
    // Two lanes for two cores; the types come after the build, which writes those of the routes.
    const built = buildStage("");
    const lanes = await Promise.all([
      lint(),
      vitestStage("unit and database", ["unit", "database"], reports.path),
      built,
      built.then(types),
      built.then(() => buildStage(testedBasePath)),
    ]);
    const launch = await vitestStage("start and stop", ["launch"], reports.path);
    const browser = await playwrightStage("browser", chromium, reports.path);
    reports.remove();
    return sumUp([...lanes, launch, browser]);
  });
}
