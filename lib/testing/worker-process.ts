// A process that works on background operations of DATABASE_URL until it is killed; tests do that.
import { allWork } from "@/lib/all-work";
import { startWorker } from "@/lib/worker/worker";

startWorker(allWork);
process.stdout.write("working\n");
setInterval(() => undefined, 60_000); // the worker's own timers do not keep a process alive
