import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// `*.test.ts` needs nothing, `*.db.test.ts` has a database of its own, `*.launch.test.ts` starts the whole program.
const length = Number(process.env.TEST_LENGTH ?? 1); // as lib/testing/length.ts
const everywhere = ["**/node_modules/**", "e2e/**", ".next/**", ".next-*/**"];

export default defineConfig({
  resolve: {
    alias: [{ find: /^@\//, replacement: fileURLToPath(new URL("./", import.meta.url)) }],
  },
  test: {
    maxWorkers: Math.max(2, availableParallelism() - 1), // one of two processors would wait for the database
    env: { LOG_LEVEL: "silent", BASE_PATH: "" },
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...everywhere, "**/*.db.test.ts", "**/*.launch.test.ts"],
          testTimeout: 180_000 * length, // of a hang; properties take their time where the machine is slow
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["**/*.db.test.ts"],
          exclude: everywhere,
          globalSetup: "lib/testing/server.ts",
          setupFiles: "lib/testing/own-database.ts",
          testTimeout: 180_000 * length,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "launch",
          include: ["**/*.launch.test.ts"],
          exclude: everywhere,
          globalSetup: "lib/testing/program-server.ts",
          testTimeout: 180_000 * length,
          hookTimeout: 300_000,
          fileParallelism: false, // each starts servers with databases, and holds some to times
        },
      },
    ],
  },
});
