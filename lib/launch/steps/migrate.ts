// Applies the migrations that the database of DATABASE_URL lacks. A process of its own, with which Prisma's engine goes.
import { MigrationProblem, migrate } from "@/prisma/migrate";
import { LaunchProblem } from "../problem";
import { say, since } from "../progress";
import { runTask } from "../shutdown";

await runTask(async () => {
  const applied = await migrate(process.env.DATABASE_URL ?? "").catch((error: unknown) => {
    throw error instanceof MigrationProblem ? new LaunchProblem(error.message) : error;
  });
  if (applied.length > 0) say("Migrations", `${applied.length} applied in ${since(0)}`);
  return 0;
});
