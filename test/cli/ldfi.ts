import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const installed = join(root, "bin", "ldfi.js");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Around {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another copy of the command. */
  readonly command?: string;
  /** The folder to run it in; the repository's by default. */
  readonly cwd?: string;
}

/** Runs the built command to its end, in a bare environment. */
export function ldfi(
  args: readonly string[],
  { input = "", env = {}, command = installed, cwd = root }: Around = {},
): Ended {
  if (!existsSync(join(root, "dist", "cli", "main.js"))) throw new Error("dist/ is missing: run `npm run build` first");
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd,
    input,
    env: bare(env),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}

/** Runs a line of the shell, in which `ldfi` is the built command, in the repository's folder. */
export function shell(line: string): Ended {
  const command = `ldfi() { '${process.execPath}' '${installed}' "$@"; }; ${line}`;
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-c", command], {
    cwd: root,
    env: bare({}),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** Starts the built command and sends it a signal after a while. */
export function ldfiWithSignal(
  args: readonly string[],
  signal: NodeJS.Signals,
  delay: number,
): Promise<Ended & { readonly milliseconds: number }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installed, ...args], {
      cwd: root,
      env: bare({}),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    let sent = 0;
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    setTimeout(() => {
      sent = performance.now();
      child.kill(signal);
    }, delay);
    child.on("close", (status) => resolve({ status, stdout, stderr, milliseconds: performance.now() - sent }));
  });
}

function bare(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, ...env };
}

/** The same text for every run and every tuning of the engine: times and sizes of the lineage are not compared. */
export function withoutTimes(text: string): string {
  return text
    .replace(/\b\d+(\.\d+)?( ms| s)\b/g, "<time>")
    .replace(/lineage of [\d,]+ nodes, [\d,]+ clauses/g, "lineage of <n> nodes, <n> clauses")
    .replace(/"(possibleTuples|graphNodes|coneNodes|variables|clauses|solverCalls)": \d+/g, '"$1": "<n>"')
    .replace(/"milliseconds": \{[^}]*\}/g, '"milliseconds": "<times>"')
    .replace(/"milliseconds": [\d.]+/g, '"milliseconds": "<time>"');
}
