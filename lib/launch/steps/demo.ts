// Fills the database of DATABASE_URL with the demo, if it is empty.
import { closeDatabase } from "@/lib/db";
import { seedDemo } from "@/prisma/seed";
import { say, since } from "../progress";
import { onShutdown, runTask } from "../shutdown";

await runTask(async () => {
  onShutdown(closeDatabase);
  if (await seedDemo()) say("Demo", `filled in, in ${since(0)}`);
  return 0;
});
