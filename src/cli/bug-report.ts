import { version } from "../library/version.js";
import { shellCommand } from "../source/shell.js";

/** What a user reads when ldfi fails by a defect of its own, and what to report. */
export function bugReport(error: unknown, argv: readonly string[]): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return [
    "ldfi: this is a bug in ldfi, and nothing was decided about your program.",
    `  ${what.replaceAll("\n", "\n  ")}`,
    "Please report these lines, with the program if you can share it:",
    `  version   ldfi ${version}, node ${process.version}, ${process.platform} ${process.arch}`,
    `  command   ${shellCommand(["ldfi", ...argv])}`,
    `  where     ${callers(error)}`,
    "",
  ].join("\n");
}

/** The innermost functions, without paths of the machine it ran on. */
function callers(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const names = [...stack.matchAll(/^\s+at (?:async )?(?:new )?([\w$.<>#]+) \(.*?([^/\\]+?:\d+):\d+\)$/gm)];
  return names.length === 0
    ? "unknown"
    : names
        .slice(0, 5)
        .map(([, name, place]) => `${name} (${place})`)
        .join(" < ");
}

/** Whether an error of the worker says that there was not enough memory, which is a limit and not a bug. */
export function ranOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") return true;
  return (
    error.name === "RangeError" &&
    /(Map|Set) maximum size|allocation failed|Invalid (typed )?array length|Invalid string length/.test(error.message)
  );
}
