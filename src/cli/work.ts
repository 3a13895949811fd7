import { constants, getPriority, setPriority } from "node:os";
import type { MessagePort } from "node:worker_threads";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { diskFiles } from "../disk/disk-files.js";
import type { LanguageWork } from "../server/platform.js";
import { RememberedAnswers } from "./answers.js";
import type { Host } from "./host.js";
import type {
  CutOffEndings,
  Ending,
  JobMessage,
  ProcessEnd,
  TestFileWork,
  WorkerMessage,
  WorkerStart,
} from "./messages.js";
import { onPath } from "./on-path.js";
import type { CommandName, Job, Jobs } from "./registry.js";
import { commands, isCommand } from "./registry.js";
import { repositoryPaths } from "./repository.js";
import { appendLine, createFile, replaceText, whyNotAppendable, writeWhole } from "./write-whole.js";

/** Milliseconds between two reports of progress within one stage. */
const interval = 50;
/** Endings made in advance may contain whole reports: making them takes at most this share of a stage's time. */
const share = 0.1;

/** The worker thread: does one job, or runs the files of a test run one after the other. */
export function serve(port: MessagePort, start: WorkerStart, workerUrl: URL): void {
  // The code of the command is loaded while the command line is still being read.
  void load(start.command);
  const host = (stdin?: Uint8Array): Host => hostFor(port, start, workerUrl, stdin);
  if (start.command === "test-file") {
    port.on("message", (message: TestFileWork) => {
      void import("./commands/test-file.js").then(({ runTestFile }) => port.postMessage(runTestFile(message, host())));
    });
  } else if (start.command === "language-work") {
    giveWay();
    port.on("message", (work: LanguageWork) => {
      void import("./commands/language-work.js").then(({ doLanguageWork }) =>
        port.postMessage(doLanguageWork(work, host())),
      );
    });
  } else {
    const remembered = new RememberedAnswers();
    const once = (): void => {
      port.once("message", ({ job, stdin, further }: JobMessage<Job>) => {
        const own = further === true ? { ...host(stdin), remembered } : host(stdin);
        void execute(job.kind, job, own).then((ending) => {
          port.postMessage({ kind: "end", ending } satisfies WorkerMessage);
          if (further === true) once();
        });
      });
    };
    once();
  }
}

/** Gives typing priority over the work. On Linux, 0 means this thread; elsewhere it is the whole process, whose priority must not change. */
function giveWay(): void {
  if (process.platform !== "linux") return;
  try {
    // Only a little: threads share locks, and a thread that hardly runs holds them for long.
    setPriority(0, Math.min(getPriority(0) + 5, constants.priority.PRIORITY_LOW));
  } catch {
    // Then the priority stays the same.
  }
}

/** Runs the command of a job. */
export async function execute<N extends CommandName>(name: N, job: Jobs[N], host: Host): Promise<Ending> {
  const run = await commands[name].load();
  return run(job, host);
}

/** Loads the code of a command in advance. The main thread reports a word that is not a command. */
async function load(command: string): Promise<void> {
  if (command === "test-file") await import("./commands/test-file.js");
  else if (command === "language-work") await import("./commands/language-work.js");
  else if (isCommand(command)) await commands[command].load();
}

function hostFor(port: MessagePort, start: WorkerStart, workerUrl: URL, stdin: Uint8Array | undefined): Host {
  const flag = new Int32Array(start.stop);
  const post = (message: WorkerMessage): void => port.postMessage(message);
  let last = -Infinity;
  let cost = 0;
  let shown = "";
  return {
    reader: diskFiles(stdin),
    print: (text) => post({ kind: "stdout", text }),
    progress: (stage: string, line: string, ifCutOff?: () => CutOffEndings) => {
      const now = performance.now();
      if (stage === shown && now - last < Math.max(interval, cost / share)) return;
      shown = stage;
      post({ kind: "progress", line, ...(ifCutOff === undefined ? {} : { ifCutOff: ifCutOff() }) });
      last = performance.now();
      cost = last - now;
    },
    reads: (paths, incomplete) => post({ kind: "reads", paths, incomplete }),
    interrupted: () => Atomics.load(flag, 0) !== 0,
    runProcess: (words) => waitForProcess(words, port),
    onPath: (name) => onPath(name, process.env.PATH),
    write: writeWhole,
    replace: replaceText,
    create: createFile,
    append: appendLine,
    appendable: whyNotAppendable,
    pathName: repositoryPaths(process.cwd(), process.env.GITHUB_WORKSPACE),
    workerUrl,
    workerData: (command) => ({ command, stop: start.stop }),
  };
}

/** Asks the main thread for a process, and blocks until it has ended. */
function waitForProcess(words: readonly string[], main: MessagePort): ProcessEnd {
  const { port1, port2 } = new MessageChannel();
  const wake = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  main.postMessage({ kind: "process", words, port: port2, wake } satisfies WorkerMessage, [port2]);
  Atomics.wait(new Int32Array(wake), 0, 0);
  const received: { readonly message: ProcessEnd } | undefined = receiveMessageOnPort(port1);
  port1.close();
  return received?.message ?? { kind: "not-started", problem: "its end was not reported" };
}
