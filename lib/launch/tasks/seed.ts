import { readSettings } from "@/lib/env";
import { generateClient } from "../build";
import { readyDatabase } from "../database";
import { runTask } from "../shutdown";

/** `npm run seed`: the demo, into the database of the settings if that is empty. */
export default function seed(): Promise<void> {
  return runTask(async () => {
    await generateClient();
    await readyDatabase({ ...readSettings(process.env), demo: true });
    return 0;
  });
}
