// Runs the tour and the published comparison and writes their results into README.md: `npm run build && node scripts/figures.mjs`.
// With --check nothing is written, and the exit status says whether README.md is what would be written (times aside).
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { published } from "./bench/cases.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const readme = join(root, "README.md");
const checking = process.argv.includes("--check");
const starts = checking ? 1 : 11;

function ldfi(...args) {
  return spawnSync(process.execPath, [join(root, "bin", "ldfi.js"), ...args], { cwd: root, encoding: "utf8" });
}

function row({ program, eot, eff, crashes, executions }) {
  const { stdout } = ldfi(
    "check",
    `programs/${program}.ded`,
    "--eot",
    eot,
    "--eff",
    eff,
    "--crashes",
    crashes,
    "--format",
    "json",
  );
  const { verdict, counterexample, statistics } = JSON.parse(stdout);
  const faults =
    counterexample === undefined
      ? ""
      : `, ${counterexample.faults} ${counterexample.faults === 1 ? "fault" : "faults"}`;
  const space = `2^${Math.round(Number(BigInt(statistics.space).toString(2).length - 1))}`;
  return `| ${program} | ${eot} | ${eff} | ${crashes} | ${verdict}${faults} | ${space} | ${executions ?? "–"} | ${statistics.executions} | ${Math.round(statistics.milliseconds.total)} ms |`;
}

function median(work) {
  const times = Array.from({ length: starts }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.round(times.sort((a, b) => a - b)[(starts - 1) / 2]);
}

function figures() {
  const bare = median(() => spawnSync(process.execPath, ["-e", "0"]));
  const whole = median(() => ldfi("check", "programs/delivery/simple.ded", "--eot", "4", "--eff", "2"));
  return [
    "| program | EOT | EFF | crashes | verdict | schedules, about | executions published | executions here | time |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...published.map(row),
    "",
    `The whole process of the first row, from start to exit, takes ${whole} ms where \`node -e 0\` takes ${bare} ms (medians of ${starts}`,
    "runs). The table and the drawings above are written by `node scripts/figures.mjs`.",
  ].join("\n");
}

/** What a check prints, without the lines on its budget. */
function drawn(...args) {
  const { stdout } = ldfi("check", ...args);
  return `\`\`\`\n${stdout.slice(0, stdout.indexOf("\nBudget"))}\n\`\`\``;
}

const parts = {
  tour: () => drawn("programs/delivery/simple.ded", "--eot", "4", "--eff", "2"),
  restart: () => drawn("programs/replication/fsync-late.ded", "--eot", "8", "--omissions", "0", "--restarts", "1"),
  figures,
};

function replaced(text, name, content) {
  const pattern = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`);
  if (!pattern.test(text)) throw new Error(`README.md has no part called ${name}`);
  return text.replace(pattern, (_, before, after) => `${before}${content}\n${after}`);
}

const before = readFileSync(readme, "utf8");
const after = Object.entries(parts).reduce((text, [name, content]) => replaced(text, name, content()), before);
const timeless = (text) => text.replace(/\d+ ms/g, "<time>").replace(/medians of \d+/, "medians");
if (!checking) writeFileSync(readme, after);
else if (timeless(before) !== timeless(after)) {
  console.error("README.md is out of date: run `node scripts/figures.mjs`");
  process.exitCode = 1;
}
