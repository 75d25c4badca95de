/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true }, // `npm test` and `npm run check` check the types of the whole project
  images: { unoptimized: true },
  experimental: {
    // The form for new codes sends up to 16 MB of advocates (lib/referrals/create/rules.ts) and the rest of the form.
    serverActions: { bodySizeLimit: "17mb" },
    // A request that passes a proxy is cut here without a word: not before the limit above.
    proxyClientMaxBodySize: "18mb",
  },
  serverExternalPackages: ["pg", "pg-copy-streams", "pino"],
};

export default config;
