import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import type { MessagePort } from "node:worker_threads";
import { signalGroup } from "../services/process-group.js";
import type { ProcessEnd } from "./messages.js";

/** A process that prints more is killed: no model of a formula that fits into memory is so long. */
const MOST_OUTPUT = 512 * 2 ** 20;

/** How many bytes of standard error are kept. */
const MOST_ERRORS = 4000;

/**
 * The processes that the worker asks for. Each has its own process group, which is killed when the command ends, so that its
 * children end too.
 */
export class Processes {
  private readonly running = new Set<ChildProcess>();

  /** Starts a process without a shell; when it has ended, sends how and wakes the worker. */
  start(words: readonly string[], port: MessagePort, wake: Int32Array): void {
    const [command = "", ...rest] = words;
    let [stdout, stderr] = ["", ""];
    let tooMuch = false;
    const child = spawn(command, rest, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.running.add(child);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.length <= MOST_OUTPUT || tooMuch) return;
      tooMuch = true;
      signalGroup(child, "SIGKILL");
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-MOST_ERRORS)));
    let ended = false;
    const end = (result: ProcessEnd): void => {
      if (ended) return;
      ended = true;
      this.running.delete(child);
      port.postMessage(result);
      Atomics.store(wake, 0, 1);
      Atomics.notify(wake, 0);
    };
    child.on("error", (error) => end({ kind: "not-started", problem: whyNotStarted(error) }));
    child.on("close", (status, signal) =>
      end(
        tooMuch
          ? { kind: "not-started", problem: `printed more than ${MOST_OUTPUT / 2 ** 20} MiB` }
          : { kind: "ended", status: status ?? undefined, signal: signal ?? undefined, stdout, stderr },
      ),
    );
  }

  killAll(): void {
    for (const child of this.running) signalGroup(child, "SIGKILL");
  }
}

function whyNotStarted(error: Error): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "cannot be started: there is no such program on the PATH";
  if (code === "EACCES") return "cannot be started: it is not executable";
  return `cannot be started: ${error.message}`;
}
