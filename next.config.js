/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true }, // `npm test` and `npm run check` check the types of the whole project
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "pg-copy-streams", "pino"],
};

export default config;
