// Bundles the command and the library into dist/, then writes the declarations beside them.
// Everything is bundled, so that an installed ldfi has no dependencies and starts from a handful of files.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { build } from "esbuild";
import { minisat } from "./minisat.mjs";
import { withoutNode } from "./without-node.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
for (const made of ["cli", "chunks", "types", "index.js", "browser.js", "hook.js", "LICENSES.txt"])
  rmSync(join("dist", made), { recursive: true, force: true });

// The part of the HTML report that runs in a browser is put into the rest as text.
const [reportScript, reportStyle] = await Promise.all(["main.ts", "style.css"].map(reportAsset));

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  // Names stay as they are: a report of a bug is read by people.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  define: { REPORT_SCRIPT: JSON.stringify(reportScript), REPORT_STYLE: JSON.stringify(reportStyle) },
  metafile: true,
  // The package's heap of 64 MiB holds some 300,000 clauses. Of 1 GiB the system commits only what is touched.
  plugins: [minisat({ sizes: { TOTAL_MEMORY: 2 ** 30 }, compiled: true })],
  logLevel: "warning",
};

const modules = await build({
  ...common,
  entryPoints: { "cli/main": "src/cli/main.ts", "cli/worker": "src/cli/worker.ts", index: "src/index.ts" },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  splitting: true,
  format: "esm",
  // The registry's entries name the code of their commands, which only the worker loads: from work.cjs below.
  external: ["../commands/*"],
  // logic-solver is CommonJS and asks for node's own modules when it starts.
  banner: {
    js: 'import{createRequire as $createRequire}from"node:module";const require=$createRequire(import.meta.url);',
  },
});

// The library for browsers: the same names, and one file, which asks for nothing besides itself. The solver is ordinary code of it, never a text
// that is evaluated, and begins with the heap that a page can spare; `ldfiSolverMemory` is another size, in bytes.
const browser = await build({
  ...common,
  platform: "browser",
  target: "es2022",
  entryPoints: { browser: "src/index.ts" },
  outdir: "dist",
  format: "esm",
  plugins: [
    minisat({ sizes: { TOTAL_MEMORY: "(globalThis.ldfiSolverMemory||67108864)" }, compiled: false }),
    withoutNode(),
  ],
});

// What the worker thread runs: one function, so that it can be compiled ahead (src/cli/worker.ts).
const work = await build({
  ...common,
  entryPoints: ["src/cli/work.ts"],
  outfile: "dist/cli/work.cjs",
  format: "cjs",
  banner: { js: "(function(exports,require,module){" },
  footer: { js: "})" },
});

// The language server: loaded by `ldfi lsp` alone.
const server = await build({
  ...common,
  entryPoints: ["src/cli/language-server.ts"],
  outfile: "dist/cli/language-server.cjs",
  format: "cjs",
});

// What services of a hunt load (`--import ldfi/hook`), and the process that starts and ends them.
await build({
  ...common,
  entryPoints: { hook: "src/hook/main.ts", "cli/guardian": "src/services/guardian.ts" },
  outdir: "dist",
  format: "esm",
});

await compileAhead();
writeLicences([
  ...Object.keys(modules.metafile.inputs),
  ...Object.keys(browser.metafile.inputs),
  ...Object.keys(work.metafile.inputs),
  ...Object.keys(server.metafile.inputs),
]);
declarations();

/** Runs the worker's code on a small program and keeps what V8 compiled of it. */
async function compileAhead() {
  const path = join(root, "dist", "cli", "work.cjs");
  const script = new Script(readFileSync(path, "utf8"), { filename: path });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module);
  const text = `
    log(Y, M)@async :- bcast(X, M), member(X, Y), notin done(X, M);
    log(X, M)@next :- log(X, M);
    bcast("a", "m")@1; member("a", "a")@1; member("a", "b")@1; member("a", "c")@1; done("z", "m")@9;
    size(X, count<M>) :- log(X, M);
    pre(M) :- log(_, M), log(X, M), notin crash(X, X, _);
    post(M) :- size("b", N), N > 0, log("b", M);`;
  const host = {
    reader: {
      read: () => ({ kind: "read", text }),
      resolve: (file) => file,
      folder: () => ".",
      join: (_, file) => file,
    },
    print() {},
    progress() {},
    reads() {},
    interrupted: () => false,
    write() {},
    create() {},
    append() {},
    appendable() {},
    pathName: (path) => path,
  };
  const terminal = { colour: false, unicode: true, width: 80 };
  const job = {
    kind: "check",
    files: ["-"],
    includeDirs: [],
    format: "pretty",
    quiet: false,
    terminal,
    all: false,
    strict: false,
    pin: false,
    margin: false,
    verbose: false,
    reports: [],
  };
  for (const parameters of [
    { eot: 5, eff: 4, crashes: 1 },
    { eot: 4, eff: 0 },
  ]) {
    const { status, stdout, stderr } = await module.exports.execute("check", { ...job, parameters }, host);
    if (status > 1) throw new Error(`the build's own check ended with ${status}:\n${stdout}${stderr}`);
  }
  writeFileSync("dist/cli/work.cache", script.createCachedData());
}

async function reportAsset(name) {
  const entry = `src/report/html/client/${name}`;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0].text;
}

/** The licences of what was bundled, as their texts ask. */
function writeLicences(inputs) {
  const packages = new Set(inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  const texts = [...packages].sort().map((name) => {
    const folder = join("node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.txt", "LICENSE.md", "license"]
      .map((f) => join(folder, f))
      .find((f) => existsSync(f));
    const text = file === undefined ? "" : `\n${readFileSync(file, "utf8").trim()}\n`;
    return `${name} ${version} (${license})\n${text}`;
  });
  writeFileSync("dist/LICENSES.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
}

function declarations() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "--project", "tsconfig.build.json"], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
