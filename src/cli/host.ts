import type { FileReader } from "../source/file-reader.js";
import type { PathName } from "../source/path-name.js";
import type { RememberedAnswers } from "./answers.js";
import type { CutOffEndings, ProcessEnd, WorkerStart } from "./messages.js";

/** What a command may do besides returning its ending. */
export interface Host {
  readonly reader: FileReader;
  /** Prints before the end. */
  print(text: string): void;
  /** Shows progress, and records the endings to use if the work is cut off. Within one stage this is done only occasionally. */
  progress(stage: string, line: string, ifCutOff?: () => CutOffEndings): void;
  /** Reports the number of nodes and instants, before anything is run. */
  asked?(nodes: number, eot: number): void;
  /** Reports how many nodes the graph has. */
  built?(nodes: number): void;
  /** Reports the files that the answer depends on; `incomplete`: one of them was not found. */
  reads(paths: readonly string[], incomplete: boolean): void;
  interrupted(): boolean;
  /** Runs a process without a shell, and waits for its end. When the command ends, it is killed with all that it started. */
  runProcess(words: readonly string[]): ProcessEnd;
  /** Whether a program of this name is on the PATH. */
  onPath(name: string): boolean;
  /** Writes a file atomically. Returns the error, if any. */
  write(path: string, content: string | Uint8Array): string | undefined;
  /** Replaces the text of a file if it still is `before`. Returns the error, if any. */
  replace(path: string, before: string, after: string): string | undefined;
  /** Writes a new file, with its folders. Returns the error, if any. */
  create(path: string, text: string): string | undefined;
  /** Appends a line to a file that does not have it. Returns the error, if any. */
  append(path: string, line: string): string | undefined;
  /** Why no line can be added to a file, if none can. */
  appendable(path: string): string | undefined;
  /** Answers of the jobs that this thread did before, where it does several. */
  readonly remembered?: RememberedAnswers;
  /** Names files relative to the repository, as a code host does. */
  readonly pathName: PathName;
  /** The code of this thread, for threads of its own. */
  readonly workerUrl: URL;
  /** The data that such a thread is started with. */
  workerData(command: string): WorkerStart;
}
