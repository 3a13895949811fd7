import type { FileReader } from "../source/file-reader.js";
import type { PathName } from "../source/path-name.js";
import type { CutOffEndings, ProcessEnd, WorkerStart } from "./messages.js";

/** The world as a command sees it: what it may do besides returning how it ends. */
export interface Host {
  readonly reader: FileReader;
  /** Prints before the end. */
  print(text: string): void;
  /** Shows what is going on, and leaves the endings to use if the work is cut off. Within one stage it does so only now and then. */
  progress(stage: string, line: string, ifCutOff?: () => CutOffEndings): void;
  /** Says, before anything is run, of how many nodes and instants the question is. */
  asked?(nodes: number, eot: number): void;
  /** Says how many nodes the graph has by now. */
  built?(nodes: number): void;
  /** Says which files the answer rests on; `incomplete`: one that was looked for is missing. */
  reads(paths: readonly string[], incomplete: boolean): void;
  interrupted(): boolean;
  /** Runs a process without a shell, and waits for its end. It ends with the command, with everything that it started. */
  runProcess(words: readonly string[]): ProcessEnd;
  /** Whether a program of this name is on the PATH. */
  onPath(name: string): boolean;
  /** Writes a file whole or not at all; says what went wrong, if anything. */
  write(path: string, content: string | Uint8Array): string | undefined;
  /** Replaces the text of a file, unless it is not `before` any more; says what went wrong, if anything. */
  replace(path: string, before: string, after: string): string | undefined;
  /** Writes a new file, with the folders that it needs; says what went wrong, if anything. */
  create(path: string, text: string): string | undefined;
  /** Adds a line at the end of a file, unless it holds it already; says what went wrong, if anything. */
  append(path: string, line: string): string | undefined;
  /** Why no line can be added to a file, if none can. */
  appendable(path: string): string | undefined;
  /** Names files as a code host does that shows reports beside them. */
  readonly pathName: PathName;
  /** The code of this thread, for threads of its own. */
  readonly workerUrl: URL;
  /** What such a thread is started with. */
  workerData(command: string): WorkerStart;
}
