// Compiles the project's programs into JavaScript that Node runs by itself, and records of what.
import { rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { contentDigest, programSources, programsFolder, programsRecord } from "./programs.mjs";

const programs = programSources();
const oneLanguage = {
  name: "one language",
  /** Zod brings its sentences in fifty languages: half a megabyte that nobody reads. */
  setup(/** @type {import("esbuild").PluginBuild} */ { onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};
rmSync(programsFolder, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: programs,
  outdir: programsFolder,
  outbase: ".",
  bundle: true,
  splitting: true,
  packages: "external",
  alias: { zod: "./node_modules/zod/index.js" }, // a hundred small files: inside the programs they load in a tenth of the time
  platform: "node",
  target: "node20.19",
  format: "esm",
  metafile: true,
  plugins: [oneLanguage],
}).catch((error) => {
  if (!("errors" in error)) throw error;
  process.exit(1); // the compiler has said what is wrong, and where
});
const own = ["lib/launch/compile.mjs", "package-lock.json"];
const sources = [...own, ...Object.keys(metafile.inputs)].map((path) => [path, contentDigest(path)]);
writeFileSync(programsRecord, JSON.stringify({ programs, sources: Object.fromEntries(sources) }, null, 1));
