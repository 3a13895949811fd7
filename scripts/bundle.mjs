// Bundles a TypeScript file of the tests and imports it: Node cannot read TypeScript itself.
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { minisat } from "./minisat.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const MEBIBYTE = 2 ** 20;

/** Writes `entry`, a path in the checkout, with all that it imports, into one file. `solver`: what `minisat` may be told about it. */
export async function bundle(entry, outfile, solver = {}) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [minisat({ heap: 8 * MEBIBYTE, most: 1024 * MEBIBYTE, stack: MEBIBYTE / 2, ...solver })],
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
