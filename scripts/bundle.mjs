// Bundles a TypeScript file of the tests and imports it: Node cannot read TypeScript itself.
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { minisat } from "./minisat.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each search makes a solver of its own, and what a fuzzer does most is to search: with heaps of 64 MiB it would spend most of its time on collecting them. */
const little = 8 * 2 ** 20;

/** Writes `entry`, a path in the checkout, with all that it imports, into one file. `heap`: the bytes that the solver has. */
export async function bundle(entry, outfile, heap = little) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [minisat({ sizes: { TOTAL_MEMORY: heap, TOTAL_STACK: 2 ** 19 }, compiled: false })],
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
