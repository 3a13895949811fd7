// Processes, numbers and tables for the scripts that measure.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const root = dirname(dirname(here));

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const spread = (numbers) => ({
  median: median(numbers),
  min: Math.min(...numbers),
  max: Math.max(...numbers),
  runs: numbers.length,
});

/** Runs node to its end: milliseconds from start to exit, and what it printed. */
export function timed(args, { timeout } = {}) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout,
  });
  return { milliseconds: Number(process.hrtime.bigint() - start) / 1e6, status, stdout, stderr };
}

/** The option of the command line for a field of the library's options. */
function optionName(field) {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * The command line of a check, without node. `bounds` has those of other kinds of faults, as options have them: `any` or a number.
 * What is undefined is left out.
 */
export function checkArguments({ path, eot, eff, crashes, bounds = {} }, bin = join(root, "bin", "ldfi.js")) {
  const given = Object.entries({ eot, eff, crashes, ...bounds }).filter(([, value]) => value !== undefined);
  const words = given.flatMap(([name, value]) => [optionName(name), value]);
  return [bin, "check", path, ...words, "--format", "json"].map(String);
}

/** The same bounds as the library takes them. */
export function numericBounds(bounds = {}) {
  return Object.fromEntries(Object.entries(bounds).map(([name, bound]) => [name, bound === "any" ? Infinity : bound]));
}

/**
 * One case in a process of its own, through the library: the time of each phase, the sizes, and the peak memory.
 * `repeat` checks in a row; the times are their medians, so with 1 they are those of a cold start. With the clock
 * `cpu` they are processor time, which other work on the machine disturbs less.
 */
export function phases(
  { path, eot, eff, crashes, bounds = {} },
  { library = join(root, "dist", "index.js"), repeat = 1, timeout, clock = "wall" } = {},
) {
  const { status, stdout, stderr } = timed(
    [
      join(here, "phases.mjs"),
      library,
      path,
      ...[eot, eff, crashes, repeat, clock].map(String),
      JSON.stringify(bounds),
    ],
    { timeout },
  );
  if (status !== 0) return { failed: stderr.trim().split("\n").at(-1) || "took too long" };
  return JSON.parse(stdout);
}

/** One case in a process of its own, as the command of a built ldfi in `folder` does it: the time of each phase, the sizes, and the peak memory. */
export function command({ path, eot, eff, crashes, bounds = {} }, folder = root) {
  const { status, stdout, stderr } = timed([
    join(here, "command.mjs"),
    folder,
    path,
    ...[eot, eff, crashes].map(String),
    JSON.stringify(bounds),
  ]);
  if (status !== 0) return { failed: stderr.trim().split("\n").at(-1) };
  return JSON.parse(stdout);
}

/** A table in Markdown; numbers are aligned to the right. */
export function markdown(heading, rows) {
  const cells = [heading, ...rows].map((row) => row.map(String));
  const right = heading.map((_, i) => rows.every((row) => /^[-\d–≈<]|^$/.test(String(row[i]))));
  const widths = heading.map((_, i) => Math.max(3, ...cells.map((row) => row[i].length)));
  const line = (row) =>
    `| ${row.map((cell, i) => (right[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(" | ")} |`;
  const rule = `| ${widths.map((w, i) => (right[i] ? `${"-".repeat(w - 1)}:` : "-".repeat(w))).join(" | ")} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join("\n");
}

/** Milliseconds with three digits that mean something. */
export function ms(value) {
  if (value === undefined) return "–";
  return value < 10 ? value.toFixed(1) : Math.round(value).toString();
}

export function ratio(value) {
  return value === undefined || !Number.isFinite(value) ? "–" : value < 10 ? value.toFixed(2) : value.toFixed(0);
}

/** `--name value` and `--name` of a command line, and the words without a name. With `--help` it prints the comment that the script begins with, and ends. */
export function options(argv, flags = []) {
  if (argv.includes("--help")) {
    const text = readFileSync(process.argv[1], "utf8");
    console.log(
      /^(?:\/\/.*\n)*/
        .exec(text)[0]
        .replaceAll(/^\/\/ ?/gm, "")
        .trimEnd(),
    );
    process.exit();
  }
  const found = { words: [] };
  for (let i = 0; i < argv.length; i++) {
    const name = /^--(.+)$/.exec(argv[i])?.[1];
    if (name === undefined) found.words.push(argv[i]);
    else if (flags.includes(name)) found[name] = true;
    else found[name] = argv[++i];
  }
  return found;
}

/** Replaces what stands between two marks of a text: `<!-- name:begin -->` and `<!-- name:end -->`. */
export function between(text, name, content) {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start === -1 || stop < start) throw new Error(`the text has no ${begin} … ${end}`);
  return `${text.slice(0, start + begin.length)}\n${content}\n${text.slice(stop)}`;
}
