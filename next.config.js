import { buildFolder } from "./lib/launch/build-folder.mjs";
import { securityHeaders } from "./lib/security-headers.js";

// Pages are never stored by caches: Next says so for all that are made on request, and the routes for downloads say it themselves.
const headers = Object.entries(securityHeaders).map(([key, value]) => ({ key, value }));

// Where everything is served below a path, Next makes addresses with it, and lib/base-path.ts the others; it is written into the build.
const basePath = process.env.BASE_PATH ?? "";

/** @type {import('next').NextConfig} */
const config = {
  basePath,
  env: { BASE_PATH: basePath },
  distDir: buildFolder(basePath),
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true }, // `npm test` and `npm run check` check the types of the whole project
  headers: async () => [{ source: "/:path*", headers }],
  images: { unoptimized: true },
  htmlLimitedBots: /.*/, // the title comes with the page, not after it
  experimental: {
    strictRouteTypes: basePath !== "", // a build for a path would add its folder of types to tsconfig.json
    preloadEntriesOnStart: false, // each would be kept whether somebody opens it or not
    staleTimes: { static: 30 }, // seconds that a page fetched ahead may be old
    serverActions: { bodySizeLimit: "1mb" }, // files and pasted texts come by routes, which read them as they come
  },
  // React 19 has itself what TanStack's store loads for older ones.
  turbopack: {
    resolveAlias: { "use-sync-external-store/shim/with-selector": "use-sync-external-store/with-selector" },
  },
  serverExternalPackages: ["pg", "pg-copy-streams", "pino"],
};

export default config;
