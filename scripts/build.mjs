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
import { quickStart } from "./quick-start.mjs";
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
  // A heap of 64 MiB, the package's, holds some 300,000 clauses.
  plugins: [minisat({ heap: 2 ** 24, most: 2 ** 30 }), quickStart()],
  logLevel: "warning",
};

/** For CommonJS, which has a file name where an ES module has an address. */
const commonJs = {
  ...common,
  format: "cjs",
  define: { ...common.define, "import.meta.url": "importMetaUrl" },
  banner: { js: 'const importMetaUrl=require("node:url").pathToFileURL(__filename).href;' },
};

// The library. logic-solver is CommonJS and asks for node's own modules when it starts.
const library = await build({
  ...common,
  entryPoints: { index: "src/index.ts" },
  outdir: "dist",
  format: "esm",
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
  plugins: [minisat({ heap: "(globalThis.ldfiSolverMemory||67108864)" }), withoutNode()],
});

// The command: the main thread and the one that works.
const command = await build({
  ...commonJs,
  entryPoints: { "cli/main": "src/cli/main.ts", "cli/worker": "src/cli/worker.ts" },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
});

// What the two threads load first: each one function, so that it can be compiled ahead (src/cli/compiled-code.ts).
const asFunction = {
  ...commonJs,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  banner: { js: `(function(exports,require,module,__filename){${commonJs.banner.js}` },
  footer: { js: "})" },
};
const supervisor = await build({
  ...asFunction,
  entryPoints: { "cli/supervisor": "src/cli/supervisor.ts" },
  // The registry's entries name the code of their commands, which only the worker loads.
  external: ["../commands/*"],
  plugins: [...common.plugins, withoutProcesses()],
});
const work = await build({ ...asFunction, entryPoints: { "cli/work": "src/cli/work.ts" } });
// What the main thread does itself: a brief check, without what is loaded on demand.
const brief = await build({
  ...asFunction,
  entryPoints: { "cli/brief": "src/cli/brief-work.ts" },
  plugins: [...common.plugins, withoutDynamicImports()],
});

// The language server: loaded by `ldfi lsp` alone.
const server = await build({
  ...commonJs,
  entryPoints: ["src/cli/language-server.ts"],
  outfile: "dist/cli/language-server.cjs",
});

// What services of a hunt load (`--import ldfi/hook`), and the process that starts and ends them.
await build({
  ...common,
  entryPoints: { hook: "src/hook/main.ts", "cli/guardian": "src/services/guardian.ts" },
  outdir: "dist",
  format: "esm",
});

await compileAhead();
writeLicences(
  [library, browser, command, supervisor, work, brief, server].flatMap(({ metafile }) => Object.keys(metafile.inputs)),
);
declarations();

/** commander starts programs for commands that it does not know; ours has none, and to load what starts them takes 3 ms. */
function withoutProcesses() {
  return {
    name: "without-processes",
    setup(builder) {
      builder.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        /[\\/]commander[\\/]/.test(importer) ? { path: "none", namespace: "without-processes" } : undefined,
      );
      builder.onLoad({ filter: /./, namespace: "without-processes" }, () => ({ contents: "module.exports = {}" }));
    },
  };
}

/** Whatever asks for more code than there is has to be done elsewhere. */
function withoutDynamicImports() {
  return {
    name: "without-dynamic-imports",
    setup(builder) {
      builder.onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === "dynamic-import" ? { path, namespace: "without-dynamic-imports" } : undefined,
      );
      builder.onLoad({ filter: /./, namespace: "without-dynamic-imports" }, ({ path }) => ({
        contents: `throw new Error(${JSON.stringify(`no brief check needs ${path}`)})`,
      }));
    },
  };
}

/** Runs what the threads load on a small program and keeps what V8 compiled of it. */
async function compileAhead() {
  const worker = compiledAs("work");
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
    const { status, stdout, stderr } = await worker.exports.execute("check", { ...job, parameters }, host);
    if (status > 1) throw new Error(`the build's own check ended with ${status}:\n${stdout}${stderr}`);
  }
  worker.keep();
  const here = compiledAs("brief");
  for (const program of ["simple", "retry", "redundant"]) {
    const words = ["check", `programs/delivery/${program}.ded`, "--eot", "4", "--eff", "2"];
    const surroundings = { env: {}, stdout: {}, platform: "linux" };
    const { status } = await here.exports.attempt(words, surroundings, Number.POSITIVE_INFINITY);
    if (status > 1) throw new Error(`the build's own check of ${program} ended with ${status}`);
  }
  here.keep();
  const main = compiledAs("supervisor");
  const thread = { on() {}, postMessage() {} };
  const words = ["check", "program.ded", "--eot", "5", "--eff", "4", "--crashes", "1"];
  await main.exports.main(words, { worker: thread, stop: new Int32Array(1) }, {});
  main.keep();
}

/** A file that a thread loads: what it exports, and `keep`, which writes what is compiled of it by then beside it. */
function compiledAs(name) {
  const path = join(root, "dist", "cli", `${name}.cjs`);
  const text = readFileSync(path);
  if (text.some((byte) => byte > 127)) throw new Error(`${path} is not ASCII`);
  const script = new Script(text.toString("latin1"), { filename: path });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path);
  return {
    exports: module.exports,
    keep: () => writeFileSync(path.replace(/cjs$/, "cache"), script.createCachedData()),
  };
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
