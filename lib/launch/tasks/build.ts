import { build } from "../build";
import { runTask } from "../shutdown";

/** `npm run build`: the database client and the production build, if they are not current. */
export default function buildTask(): Promise<void> {
  return runTask(async () => {
    await build();
    return 0;
  });
}
