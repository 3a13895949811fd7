import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { constants, cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const installed = join(root, "bin", "ldfi.js");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Around {
  readonly input?: string | Uint8Array;
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
  if (!existsSync(join(root, "dist", "cli", "main.cjs")))
    throw new Error("dist/ is missing: run `npm run build` first");
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

/**
 * Copies the built command to `folder`, where its thread answers a job, on `port`, by this JavaScript; the path of the copy. The main
 * thread takes no job to be brief, unless `brief` is what it does then.
 */
export function commandThatWorks(folder: string, javascript: string, brief = ""): string {
  for (const part of ["bin", "dist/cli", "package.json"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  const bundles = {
    work: `exports.serve=(port)=>port.once('message',()=>{${javascript}})`,
    brief: `exports.attempt=async()=>{${brief}}`,
  };
  for (const [name, text] of Object.entries(bundles)) {
    writeFileSync(join(folder, `dist/cli/${name}.cjs`), `(function(exports){${text}})`);
    rmSync(join(folder, `dist/cli/${name}.cache`));
  }
  return join(folder, "bin/ldfi.js");
}

/** A built command that runs, with what it has written so far. */
export class Started {
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private stdout = "";
  private stderr = "";
  private closed = false;
  private heard: () => void = () => {};

  constructor(args: readonly string[], { command = installed }: Pick<Around, "command"> = {}) {
    const child = spawn(process.execPath, [command, ...args], {
      cwd: root,
      env: bare({}),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
      this.heard();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      child.on("close", (status) => {
        this.closed = true;
        this.heard();
        resolve({ status, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until what it has printed matches. */
  async printed(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.stdout)) {
      if (this.closed) throw new Error(`ended before it printed ${pattern}: ${this.stdout}${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.heard = resolve;
      });
    }
  }

  /** Waits until it has opened a named pipe for reading, and opens it for writing. */
  async opened(pipe: string): Promise<FileHandle> {
    for (;;) {
      try {
        const probe = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
        const file = await open(pipe, "w");
        await probe.close();
        return file;
      } catch (error) {
        // ENXIO: nobody has opened it for reading.
        if (!(error instanceof Error && "code" in error && error.code === "ENXIO") || this.closed) throw error;
        await setTimeout(5);
      }
    }
  }
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
