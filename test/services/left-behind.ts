import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { Started } from "../cli/ldfi.js";
import { huntFile } from "./small-hunts.js";

async function left(pids: readonly number[]): Promise<readonly number[]> {
  for (let i = 0; i < 200; i++) {
    const alive = pids.filter((pid) => existsSync(`/proc/${pid}`));
    if (alive.length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return pids.filter((pid) => existsSync(`/proc/${pid}`));
}

/** Processes whose command line holds a word. */
function processesWith(word: string): readonly number[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, "utf8").includes(word) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** A hunt that a signal ends leaves none of the processes of its services. */
export async function expectNothingLeft(signal: "SIGKILL" | "SIGINT"): Promise<void> {
  const file = huntFile({ faults: "[timeout]" });
  const mark = `ldfi-mark-${process.pid}-${signal}`;
  const seconds = `${100_000 + process.pid}.${signal.length}`;
  const folder = join(file, "..");
  // None of them answers anything.
  const [, front = ""] = /ready: (\S+)/.exec(readFileSync(file, "utf8")) ?? [];
  writeFileSync(join(folder, "busy.mjs"), "for (;;) Math.random();");
  writeFileSync(
    join(folder, "idle.py"),
    "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: time.sleep(1)\n",
  );
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      "services:\n",
      `services:
  busy: { command: [${process.execPath}, busy.mjs, ${mark}], ready: "${front}", hook: false }
  python: { command: [python3, idle.py, ${mark}], ready: "${front}", hook: false }
  shell: { command: [sh, -c, "sleep ${seconds} & sleep ${seconds}"], ready: "${front}", hook: false }
`,
    ),
  );
  const started = new Started(["hunt", file]);
  await started.printed(/no fault: full/);
  // The busy one, Python, the shell, and its two children.
  const running = [...new Set([...processesWith(mark), ...processesWith(seconds)])];
  expect(running).toHaveLength(5);
  started.signal(signal);
  await started.ended;
  expect(await left(running)).toEqual([]);
  expect(processesWith(folder)).toEqual([]);
}
