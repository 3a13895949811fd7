import type { ExitStatus } from "./exit-status.js";
import { outputFailed } from "./output-failed.js";

/** Prints the remaining output, waits until it is written, and ends the process. */
export function exit(status: ExitStatus, stdout: string, stderr: string): void {
  process.stderr.write(stderr, () =>
    process.stdout.write(stdout, (error) => (error == null ? process.exit(status) : outputFailed(error, status))),
  );
}

/** Failures of the outputs are reported where something is written. */
export function ignoreOutputErrors(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", () => undefined);
}
