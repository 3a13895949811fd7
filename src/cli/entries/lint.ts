import type { Command } from "../command.js";
import type { LintJob } from "../commands/lint.js";

export const lint: Command<"lint", LintJob> = {
  name: "lint",
  summary: "list what is wrong or doubtful in programs, without checking them",
  words: { name: "path", help: "programs, or folders to search for them; - is standard input" },
  about: `\
A file that is included by another named file, or added by with= in its //! lines, is judged as part of those programs: an \
error is listed if any of them has it, a warning if all of them do. Every other file is a program of its own, and so is one \
with a //! check or //! run line.

--fix changes only what has one possible fix, and never changes a verdict: a missing ;, = for ==, a word without its \
quotes, a variable that occurs once (replaced by _), the notation of other languages. For standard input it prints the \
fixed text.`,
  examples: [
    { line: "ldfi lint broadcast.ded" },
    { line: "ldfi lint programs/ --strict", remark: "for a CI job" },
    { line: "ldfi lint broadcast.ded --fix" },
    { line: "ldfi lint programs/ --format sarif > lint.sarif", remark: "for a code host" },
  ],
  statuses: {
    0: "no error; perhaps warnings",
    1: "with --strict: a warning, and no error",
    2: "an error, or a file that cannot be read or written",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const { fix, strict, format = defaultFormat } = options;
    if (fix === true && words.includes("-") && (words.length > 1 || format === "json" || format === "sarif"))
      return {
        kind: "misuse",
        message: "--fix prints the fixed text of standard input: name no other file, and no --format",
      };
    return { kind: "lint", ...common, files: words, format, fix: fix === true, strict: strict === true };
  },
  load: async () => (await import("../commands/lint.js")).lintCommand,
};
