// Builds the playground into dist/playground: static files that any web server can hand out.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minisat } from "./minisat.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const out = "dist/playground";
/** All files together, compressed, in bytes. */
const mostCompressed = 600_000;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const common = {
  bundle: true,
  minify: true,
  platform: "browser",
  format: "iife",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
};
await Promise.all([
  build({ ...common, entryPoints: ["playground/page.ts"], outfile: join(out, "playground.js") }),
  build({ ...common, entryPoints: ["playground/playground.css"], outfile: join(out, "playground.css") }),
  build({
    ...common,
    entryPoints: ["playground/worker.ts"],
    outfile: join(out, "worker.js"),
    // The solver is ordinary code of this script, and asks the page for the size of its heap.
    plugins: [
      minisat({ sizes: { TOTAL_MEMORY: "(globalThis.ldfiSolverMemory||67108864)" }, compiled: false }),
      withoutNode(),
    ],
  }),
]);
cpSync("playground/index.html", join(out, "index.html"));
writeFileSync(join(out, "programs.js"), `var LDFI_PROGRAMS=${JSON.stringify(programs())};\n`);

const sizes = readdirSync(out).map((name) => [name, gzipSync(readFileSync(join(out, name)), { level: 9 }).length]);
const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
for (const [name, bytes] of sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);
console.log(`${String(total).padStart(8)}  bytes compressed in all`);
if (total > mostCompressed) throw new Error(`the playground is larger than ${mostCompressed} bytes`);

/** The library of programs: texts by path. */
function programs() {
  const paths = readdirSync("programs", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ded"));
  return Object.fromEntries(
    paths
      .sort()
      .map((path) => [`programs/${path.replaceAll("\\", "/")}`, readFileSync(join("programs", path), "utf8")]),
  );
}

/** Nothing of node is there in a browser: what would read a disk finds nothing, and is not called. */
function withoutNode() {
  return {
    name: "without-node",
    setup(builder) {
      builder.onResolve({ filter: /^(node:.*|fs|path|crypto)$/ }, ({ path }) => ({ path, namespace: "nothing" }));
      builder.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({
        contents: "module.exports = {};",
        loader: "js",
      }));
    },
  };
}
