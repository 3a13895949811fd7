// Bundles a TypeScript file of the tests and imports it: Node cannot read TypeScript itself.
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Writes `entry`, a path in the checkout, with all that it imports but packages, into one file. */
export async function bundle(entry, outfile) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
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
