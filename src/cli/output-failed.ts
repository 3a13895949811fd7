import type { ExitStatus } from "./exit-status.js";
import { exitStatus } from "./exit-status.js";

let reported = false;

/**
 * Ends the process because standard output cannot be written. `ldfi … | head`: nobody reads on, so there is nothing left to say,
 * and the status is what it would have been. Any other output that is lost is missed by someone.
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
