import { once } from "node:events";
import { createServer } from "node:http";
import { readSettings } from "@/lib/env";
import { isApiAddress, serveApi } from "../api";
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
    const environment = { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", LOG_LEVEL: settings.logLevel };
    Object.assign(process.env, environment);
    const { host: hostname, port } = settings;
    const { default: next } = await import("next");
    const server = createServer();
    const application = next({ dev: true, dir: ".", hostname, port, httpServer: server });
    const handle = application.getRequestHandler();
    server.on("request", (request, response) => {
      if (isApiAddress(request.url)) return serveApi(request, response);
      settleAsked(request);
      void handle(request, response);
    });
    onShutdown(closing(application));
    onShutdown(async () => {
      server.close();
      server.closeAllConnections();
    });
    await application.prepare();
    server.listen(port, hostname);
    await once(server, "listening");
    console.log(`Ready on http://${hostname}:${port}. Ctrl+C stops it.`);
    await offerEntry(settings, `http://${hostname}:${port}`);
    return undefined;
  });
}
