import type { ExitStatus } from "./exit-status.js";
import { exitStatus } from "./exit-status.js";

let reported = false;

/**
 * Ends the process because standard output cannot be written. In `ldfi … | head` the reader has finished, so this is no error, and
 * the exit status is kept. Any other failure is reported.
 */
export function outputFailed(error: NodeJS.ErrnoException, status: ExitStatus): void {
  if (error.code === "EPIPE") process.exit(status);
  // The stream reports each failure twice, to the callback of the write and to its listeners.
  if (reported) return;
  reported = true;
  process.stderr.write(`ldfi: the output could not be written: ${error.message}\n`, () =>
    process.exit(exitStatus("wrong-input")),
  );
}
