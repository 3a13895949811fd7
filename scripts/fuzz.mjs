// Bundles the fuzzer of test/properties and runs it: Node cannot read TypeScript itself.
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, "dist/fuzz/fuzz.mjs");
await build({
  entryPoints: [join(root, "test/properties/fuzz-main.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
});
const { main } = await import(pathToFileURL(bundle).href);
process.exitCode = main(process.argv.slice(2), root);
