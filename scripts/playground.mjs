// Builds the playground into dist/playground, after `npm run build`: static files that any web server can hand out.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

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
  // What it imports of ldfi is the built package, by its entry for browsers.
  build({ ...common, entryPoints: ["playground/worker.ts"], outfile: join(out, "worker.js") }),
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
