import { parseCommandLine } from "../../src/cli/command-line.js";
import type { Host } from "../../src/cli/host.js";
import type { Ending } from "../../src/cli/messages.js";
import { execute } from "../../src/cli/work.js";
import { diskFiles } from "../../src/disk/disk-files.js";

/** What a command sees of the world where a test does not say otherwise: files are read, nothing is written, nobody interrupts. */
export const undisturbed: Host = {
  reader: diskFiles(),
  print: () => {},
  progress: () => {},
  reads: () => {},
  interrupted: () => false,
  runProcess: () => ({ kind: "not-started", problem: "no process is started here" }),
  onPath: () => false,
  write: () => undefined,
  replace: () => undefined,
  create: () => undefined,
  append: () => undefined,
  appendable: () => undefined,
  pathName: (path) => path,
  workerUrl: new URL("file:///worker.js"),
  workerData: (command) => ({ command, stop: new SharedArrayBuffer(4) }),
};

/** Does what a command line asks for in this thread, so that a test can count its steps and choose when it is interrupted. */
export async function inProcess(words: readonly string[], host: Partial<Host> = {}): Promise<Ending> {
  const parsed = parseCommandLine(words, { env: {}, stdout: {}, platform: "linux" });
  if (parsed.kind !== "job") throw new Error(parsed.stderr);
  return execute(parsed.job.kind, parsed.job, { ...undisturbed, ...host });
}
