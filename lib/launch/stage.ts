import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { runNode } from "./child";
import { since } from "./progress";

/** What a stage of `npm test` or `npm run check` came to. */
type StageResult = { passed: number; failed: number };

// A test that was skipped was promised and not kept: it counts as failed.
const vitestReport = z
  .object({ numPassedTests: z.number(), numTotalTests: z.number(), numFailedTestSuites: z.number() })
  .transform(({ numPassedTests, numTotalTests, numFailedTestSuites }) => ({
    passed: numPassedTests,
    failed: Math.max(numTotalTests - numPassedTests, numFailedTestSuites),
  }));
const playwrightReport = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) })
  .transform(({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }));

function readReport(path: string, report: typeof vitestReport | typeof playwrightReport): StageResult | undefined {
  return existsSync(path) ? report.safeParse(JSON.parse(readFileSync(path, "utf8"))).data : undefined;
}

/** Runs a stage, says how it went and how long it took, and shows what it printed if it failed. */
export async function stage(
  name: string,
  run: () => Promise<{ result: StageResult; output: string }>,
): Promise<StageResult> {
  const began = performance.now();
  const { result, output } = await run().catch((error) => ({
    result: { passed: 0, failed: 1 },
    output: String(error),
  }));
  if (result.failed > 0) console.log(output.trimEnd());
  const counts = result.failed > 0 ? `${result.passed} passed, ${result.failed} failed` : `${result.passed} passed`;
  console.log(`  ${result.failed > 0 ? "✗" : "✓"} ${name.padEnd(22)} ${since(began).padStart(8)}   ${counts}`);
  return result;
}

/** A stage that is one program: it passed or it failed. */
export function programStage(name: string, args: string[]): Promise<StageResult> {
  return stage(name, async () => {
    const { code, output } = await runNode(args);
    return { result: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }, output };
  });
}

/** A stage of vitest projects, whose tests are counted. @param folder where the report may be written */
export function vitestStage(name: string, projects: string[], folder: string): Promise<StageResult> {
  const path = join(folder, `${projects.join("-")}.json`);
  return stage(name, async () => {
    const { code, output } = await runNode([
      "node_modules/vitest/vitest.mjs",
      "run",
      ...projects.map((project) => `--project=${project}`),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${path}`,
    ]);
    return { result: verdict(code, readReport(path, vitestReport)), output };
  });
}

/** The stage of the browser tests, whose tests are counted. */
export function playwrightStage(name: string, chromium: string, folder: string): Promise<StageResult> {
  const path = join(folder, "playwright.json");
  return stage(name, async () => {
    const args = [
      "node_modules/@playwright/test/cli.js",
      "test",
      "--config=e2e/playwright.config.ts",
      "--reporter=list,json",
    ];
    const { code, output } = await runNode(args, {
      environment: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: path },
    });
    return { result: verdict(code, readReport(path, playwrightReport)), output };
  });
}

/** A program that fails without a failed test, or leaves no report, failed once. */
function verdict(code: number, counted: StageResult = { passed: 0, failed: 0 }): StageResult {
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

/** Prints the line that sums up. Returns the exit code. */
export function sumUp(results: StageResult[]): number {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed in ${since(0)}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
