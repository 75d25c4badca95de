import type { TestProject } from "vitest/node";
import { runStep } from "@/lib/launch/child";
import { programOf } from "@/lib/launch/programs.mjs";
import setupServer, { makeTemplate } from "./server";
import { demoName, templateName } from "./template";

/** What `*.db.test.ts` have, and for those that start the program its build and a database with the demo, each made once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stop = await setupServer(project);
  try {
    await runStep("The build", ["lib/launch/run.mjs", "build"]);
    const { databaseServer } = project.getProvidedContext();
    const DATABASE_URL = await makeTemplate(databaseServer, demoName, templateName);
    await runStep("The demo", [programOf("lib/launch/steps/demo.ts")], { DATABASE_URL });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
