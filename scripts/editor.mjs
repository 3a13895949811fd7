// node scripts/editor.mjs [--rounds N] [--saves N] [--only TEXT] [--json FILE] [--from FILE] [--page FILE]
//
// How long an editor waits. A program of 500 lines is edited in the built language server while a check of it goes on beside, and
// each request is asked right after an edit; `ldfi check --watch` is given each program of the library, and timed from a save to
// the new verdict. Prints tables in Markdown; with --page they go between the marks of a page, and with --from they are made from what --json kept. Needs `npm run build` first.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { editedProgram } from "./bench/edited-program.mjs";
import { between, markdown, median, ms, options, root, timed } from "./bench/measure.mjs";

const given = options(process.argv.slice(2));
const rounds = Number(given.rounds ?? 40);
const saves = Number(given.saves ?? 5);
const bin = join(root, "bin", "ldfi.js");
const temporary = mkdtempSync(join(tmpdir(), "ldfi-editor-"));

try {
  const document = given.from === undefined ? await measured() : JSON.parse(readFileSync(given.from, "utf8"));
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(document, undefined, 2)}\n`);
  const text = tables(document);
  if (given.page === undefined) console.log(text);
  else writeFileSync(given.page, between(readFileSync(given.page, "utf8"), "editor", text));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

async function measured() {
  return {
    node: process.version,
    processors: availableParallelism(),
    requests: await requests(),
    watch: await watches(),
    // What the machine takes for a process that does nothing.
    empty: median(Array.from({ length: 10 }, () => timed(["-e", "0"]).milliseconds)),
  };
}

/** Milliseconds of every request, by method. */
async function requests() {
  const text = editedProgram(join(root, "programs/large"), 500);
  const path = join(temporary, "long.ded");
  writeFileSync(path, text);
  const uri = pathToFileURL(path).href;
  const child = spawn(process.execPath, [bin, "lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let reported = () => {};
  connection.onNotification("textDocument/publishDiagnostics", () => reported());
  connection.onRequest(() => null);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(temporary).href,
    capabilities: {},
    initializationOptions: { inlayHints: true },
  });
  await connection.sendNotification("initialized", {});
  const textDocument = { uri };
  const first = new Promise((resolve) => {
    reported = resolve;
  });
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "dedalus", version: 1, text },
  });
  await first;
  let isMeasured = true;
  /** One check after the other, as long as it is measured. */
  const check = async () => {
    while (isMeasured)
      await connection.sendRequest("workspace/executeCommand", { command: "ldfi.check", arguments: [uri, 0] });
  };
  const checking = check().catch(() => {});

  const lines = text.split("\n");
  const line = lines.findIndex((one, i) => i > lines.length / 2 && one.includes(":- "));
  const position = { line, character: (lines[line] ?? "").indexOf(":- ") + 4 };
  const range = { start: { line: line - 10, character: 0 }, end: { line: line + 10, character: 0 } };
  const formatting = { tabSize: 2, insertSpaces: true };
  const asked = {
    hover: { position },
    definition: { position },
    references: { position, context: { includeDeclaration: true } },
    documentHighlight: { position },
    documentSymbol: {},
    foldingRange: {},
    selectionRange: { positions: [position] },
    completion: { position },
    signatureHelp: { position: { line, character: (lines[line] ?? "").indexOf("(") + 1 } },
    prepareRename: { position },
    rename: { position, newName: "renamed" },
    codeAction: { range, context: { diagnostics: [] } },
    codeLens: {},
    "semanticTokens/full": {},
    inlayHint: { range },
    formatting: { options: formatting },
    rangeFormatting: { range, options: formatting },
    "workspace/symbol": { query: "log" },
  };
  let version = 1;
  let typed = false;
  /** A blank is typed after the arrow of a rule in the middle, or taken away. */
  const edit = () => {
    const start = { line, character: position.character - 1 };
    const end = typed ? { line, character: position.character } : start;
    const change = { range: { start, end }, text: typed ? "" : " " };
    typed = !typed;
    return connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: ++version },
      contentChanges: [change],
    });
  };
  const times = {};
  const note = (name, start) => {
    times[name] ??= [];
    times[name].push(performance.now() - start);
  };
  for (let round = -3; round < rounds; round++)
    for (const [name, params] of Object.entries(asked)) {
      await edit();
      const start = performance.now();
      await connection.sendRequest(name.startsWith("workspace/") ? name : `textDocument/${name}`, {
        textDocument,
        ...params,
      });
      // The first rounds warm the server up, as the opening of a text by its user does.
      if (round >= 0) note(name, start);
      // A breath, so that what is reported after each change is reported.
      if (round % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 80));
    }
  for (let round = 0; round < rounds; round++) {
    const next = new Promise((resolve) => {
      reported = resolve;
    });
    const start = performance.now();
    await edit();
    await next;
    note("diagnostics, from the edit", start);
  }
  isMeasured = false;
  child.kill();
  connection.dispose();
  await checking;
  return { lines: lines.length - 1, times };
}

/** Milliseconds from a save to the verdict, by program. */
async function watches() {
  const folder = join(temporary, "programs");
  cpSync(join(root, "programs"), folder, { recursive: true });
  const found = {};
  for (const path of programsIn(folder)) {
    const name = relative(folder, path);
    if (given.only !== undefined && !name.includes(given.only)) continue;
    const line = /^\/\/! check (.*)$/m.exec(readFileSync(path, "utf8"))?.[1];
    if (line === undefined) continue;
    found[name] = await watched(path, wordsOf(line, path));
    process.stderr.write(`${name}: ${Object.values(found[name]).flat().map(ms).join(" ")}\n`);
  }
  return found;
}

function programsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith(".ded"))
    .sort();
}

/** The options of a check that are the bounds of a `//! check` line. */
function wordsOf(line, path) {
  const words = [...line.matchAll(/([a-z-]+)=("[^"]*"|\S+)/g)].map(([, key, value]) => [
    key,
    value.replaceAll('"', ""),
  ]);
  return words.flatMap(([key, value]) => {
    if (["expect", "faults", "name", "vacuous"].includes(key)) return [];
    if (key === "with") return value.split(",").map((file) => join(path, "..", file));
    return [`--${key}`, value];
  });
}

async function watched(path, words) {
  const child = spawn(process.execPath, [bin, "check", path, ...words, "--watch", "-q"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  let told = () => {};
  child.stdout.on("data", (chunk) => {
    output += chunk;
    if (/^watching .*\n\n/m.test(output)) {
      output = "";
      told();
    }
  });
  const next = () =>
    new Promise((resolve) => {
      told = resolve;
    });
  await next();
  const text = readFileSync(path, "utf8");
  const after = async (added) => {
    const times = [];
    for (let i = 1; i <= saves; i++) {
      // Somebody who types a statement takes longer than this.
      await new Promise((resolve) => setTimeout(resolve, 700));
      const verdict = next();
      const start = performance.now();
      writeFileSync(path, `${text}${added(i)}`);
      await verdict;
      times.push(performance.now() - start);
    }
    return times;
  };
  const times = { statement: await after((i) => `saved(${i})@1;\n`), layout: await after((i) => "\n".repeat(i)) };
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGKILL");
  await ended;
  return times;
}

function tables({ node, processors, requests: { lines, times }, watch, empty }) {
  const row = (name, all) => [name, ms(median(all)), ms(rank(all, 0.95)), ms(Math.max(...all)), all.length];
  const all = Object.entries(watch);
  const saved = (what) => all.map(([, own]) => median(own[what]));
  const slow = all.flatMap(([name, { statement }]) =>
    median(statement) > 300 ? [`${name} (${ms(median(statement))})`] : [],
  );
  return [
    `Node ${node.slice(1)}, ${processors} processors; \`node -e 0\` took ${ms(empty)} ms. Milliseconds.`,
    "",
    `${lines} lines, each request right after an edit, one check after the other going on beside:`,
    "",
    markdown(
      ["request", "median", "95 %", "most", "times"],
      Object.entries(times).map(([name, own]) => row(name, own)),
    ),
    "",
    `\`ldfi check --watch -q\`, from a save to the verdict, over the ${all.length} programs of the library that have a \`//! check\` line (each with its first, the median of ${all[0]?.[1].statement.length ?? 0} saves):`,
    "",
    markdown(
      ["what was saved", "median", "95 %", "most", "programs"],
      [
        row("another statement: decided again", saved("statement")),
        row("another layout: the same question", saved("layout")),
      ],
    ),
    "",
    slow.length === 0 ? "None took more than 300 ms." : `More than 300 ms after another statement: ${slow.join(", ")}.`,
  ].join("\n");
}

function rank(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
