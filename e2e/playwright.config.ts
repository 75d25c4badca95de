import { defineConfig } from "@playwright/test";
import { findChromium } from "../lib/launch/chromium";
import { freePort } from "../lib/launch/free-port";
import { temporaryFolder } from "../lib/launch/temporary";
import { oidcAt } from "../lib/testing/oidc";
import { administrator } from "../lib/testing/sign-in";
import { startCommand } from "../lib/testing/start-command";
import { plainHost } from "./fixtures";
import { signedInFile } from "./signed-in";

// This file is read by the main process and again by every worker: the main one decides, the environment tells the rest.
if (!process.env.E2E_PORT) {
  for (const name of ["E2E_PORT", "E2E_OIDC_PORT", "E2E_SMTP_PORT"]) process.env[name] = String(await freePort());
  const folder = temporaryFolder();
  process.env.E2E_DATA_DIR = folder.path;
  process.once("exit", folder.remove); // by then the server has stopped
}
const { E2E_PORT = "", E2E_DATA_DIR = "", E2E_OIDC_PORT, E2E_SMTP_PORT } = process.env;
const address = `http://127.0.0.1:${E2E_PORT}`;

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 180_000, // of a hang; a test takes seconds, and much more on a slow machine
  expect: { timeout: 20_000 },
  fullyParallel: true,
  reporter: "list",
  globalSetup: "./signed-in.ts", // the server runs by then
  use: {
    baseURL: address,
    storageState: signedInFile(),
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure", // a trace (`--trace on`) doubles what a test takes
    launchOptions: {
      executablePath: findChromium(),
      args: [`--host-resolver-rules=MAP ${plainHost} 127.0.0.1`, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    },
  },
  projects: [{ name: "desktop" }],
  webServer: {
    command: startCommand,
    cwd: "..",
    env: {
      ...{ PORT: E2E_PORT, HOST: "127.0.0.1", ALLOWED_HOSTS: plainHost },
      ...{ DATA_DIR: E2E_DATA_DIR, DATABASE_URL: "", DEMO: "1", LOG_LEVEL: "warn", ...administrator },
      // Both are there while e2e/oidc.spec.ts runs; else a mail fails at once, and its link is handed over.
      ...{
        ...oidcAt(Number(E2E_OIDC_PORT)),
        SMTP_URL: `smtp://127.0.0.1:${E2E_SMTP_PORT}`,
        MAIL_FROM: "r@example.com",
      },
    },
    url: `${address}/readyz`,
    reuseExistingServer: false,
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
  },
});
