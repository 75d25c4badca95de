import { once } from "node:events";
import { createServer } from "node:http";
import { basePath } from "@/lib/base-path";
import { readSettings } from "@/lib/env";
import { isApiAddress, serveApi } from "../api";
import { below, inFull } from "../below";
import { readyDatabase } from "../database";
import { offerEntry } from "../entry";
import { settleAsked } from "../refusals";
import { closing } from "../serve";
import { onShutdown, runTask } from "../shutdown";

/**
 * `npm run dev`: Next's development server on a database that is started, migrated and seeded like `npm start`'s, and the API beside it,
 * which is as it was when this began.
 */
export default function dev(): Promise<void> {
  return runTask(async () => {
    const settings = readSettings(process.env);
    await readyDatabase(settings);
    const environment = {
      NODE_ENV: "development",
      NEXT_TELEMETRY_DISABLED: "1",
      LOG_LEVEL: settings.logLevel,
      BASE_PATH: basePath,
    };
    Object.assign(process.env, environment);
    const { host: hostname, port } = settings;
    const { default: next } = await import("next");
    const server = createServer();
    const application = next({ dev: true, dir: ".", hostname, port, httpServer: server });
    const handle = inFull(application.getRequestHandler());
    const answer = below((request, response) => {
      if (isApiAddress(request.url)) return serveApi(request, response);
      settleAsked(request);
      handle(request, response);
    });
    server.on("request", answer);
    onShutdown(closing(application));
    onShutdown(async () => {
      server.close();
      server.closeAllConnections();
    });
    await application.prepare();
    server.listen(port, hostname);
    await once(server, "listening");
    const address = `http://${hostname}:${port}${basePath}`;
    console.log(`Ready on ${address}. Ctrl+C stops it.`);
    await offerEntry(settings, address);
    return undefined;
  }, 0);
}
