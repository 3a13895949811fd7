import { version } from "../library/version.js";
import { shellCommand } from "../source/shell.js";

/** The message when ldfi fails through a defect of its own, with what to report. */
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

/** The innermost functions, without paths of the user's machine. */
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

/** Whether an error of the worker means that memory ran out, which is a limit and not a bug. */
export function ranOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") return true;
  return (
    error.name === "RangeError" &&
    /(Map|Set) maximum size|allocation failed|Invalid (typed )?array length|Invalid string length/.test(error.message)
  );
}
