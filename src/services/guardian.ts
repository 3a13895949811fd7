import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { signalGroup } from "./process-group.js";

/*
 * A process of its own that starts the services of a hunt and ends them with it: when its standard input ends, however that came about,
 * it ends every process group that it began, and itself. Reads commands and writes events, a line of JSON each.
 */

export type GuardianCommand =
  | {
      readonly kind: "start";
      readonly name: string;
      readonly command: readonly string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      /** For its standard input, which is empty without. */
      readonly input?: string;
    }
  | { readonly kind: "stop"; readonly name: string };

export type GuardianEvent =
  | { readonly kind: "started"; readonly name: string; readonly pid: number }
  | { readonly kind: "output"; readonly name: string; readonly text: string }
  | { readonly kind: "ended"; readonly name: string; readonly how: string; readonly ok: boolean };

const patience = 2000;

/** Processes by name; each is the leader of a group of its own. */
const running = new Map<string, ChildProcess>();
let ending = false;

function say(event: GuardianEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function start({ name, command, cwd, env, input }: Extract<GuardianCommand, { kind: "start" }>): void {
  const [program = "", ...words] = command;
  const child = spawn(program, words, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  running.set(name, child);
  child.on("error", (error) => {
    running.delete(name);
    say({ kind: "ended", name, how: `it could not be started: ${error.message}`, ok: false });
  });
  if (child.pid !== undefined) say({ kind: "started", name, pid: child.pid });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => say({ kind: "output", name, text: chunk.toString("utf8") }));
  // What it left in its group goes with it, and keeps no stream open.
  child.on("exit", () => signalGroup(child, "SIGKILL"));
  child.on("close", (code, signal) => {
    // One that could not be started was reported as that.
    if (running.get(name) !== child) return;
    running.delete(name);
    say({
      kind: "ended",
      name,
      how: signal === null ? `exit status ${code ?? 0}` : `signal ${signal}`,
      ok: code === 0,
    });
    if (ending && running.size === 0) process.exit(0);
  });
}

function stop(child: ChildProcess): void {
  signalGroup(child, "SIGTERM");
  setTimeout(() => signalGroup(child, "SIGKILL"), patience);
}

function end(): void {
  if (ending) return;
  ending = true;
  for (const child of running.values()) stop(child);
  if (running.size === 0) process.exit(0);
  setTimeout(() => process.exit(0), patience + 500);
}

// An interruption at the terminal goes to the hunt, which ends this process when it is done.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
// Nobody reads any more: the end of the input comes too.
process.stdout.on("error", () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const command = JSON.parse(line) as GuardianCommand;
  if (command.kind === "start") start(command);
  else {
    const child = running.get(command.name);
    if (child !== undefined) stop(child);
  }
});
lines.on("close", end);
