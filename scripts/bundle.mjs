// Bundles a TypeScript file of the tests and imports it: Node cannot read TypeScript itself.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * logic-solver's MiniSat with a small heap, and without its "use asm", which takes node longer to check than to do without. Each search
 * makes a solver of its own, and what a fuzzer does most is to search: with 64 MiB for each, most of the time goes into
 * collecting them.
 */
const smallMinisat = {
  name: "small-minisat",
  setup(builder) {
    builder.onLoad({ filter: /logic-solver[\\/]minisat\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const patched = text
        .replace('Module["TOTAL_MEMORY"]||67108864', `Module["TOTAL_MEMORY"]||${8 * 2 ** 20}`)
        .replace('Module["TOTAL_STACK"]||5242880', `Module["TOTAL_STACK"]||${2 ** 19}`)
        .replaceAll('"use asm"', "0");
      if (text.length - patched.length < 16) throw new Error("logic-solver's minisat.js is not what this script knows");
      return { contents: patched, loader: "js" };
    });
  },
};

/** Writes `entry`, a path in the checkout, with all that it imports, into one file. */
export async function bundle(entry, outfile) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [smallMinisat],
    // Packages that are not ES modules ask for node's own.
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
    sourcemap: "inline",
    logLevel: "warning",
  });
}

/** The exports of a TypeScript file of the checkout. */
export async function load(entry) {
  const outfile = join(root, "dist/fuzz", entry.replaceAll("/", "-").replace(/\.ts$/, ".mjs"));
  await bundle(join(root, entry), outfile);
  return import(pathToFileURL(outfile).href);
}
