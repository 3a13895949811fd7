import type { Command } from "../command.js";
import type { FmtJob } from "../commands/fmt.js";

export const fmt: Command<"fmt", FmtJob> = {
  name: "fmt",
  summary: "rewrite programs in the canonical form",
  words: {
    name: "path",
    help: "programs, or folders to search for them; - is standard input, which goes to standard output",
  },
  about: `\
One statement a line, except that short facts that share a line go on doing so; one literal a line where a rule is longer than \
100 columns; at most one empty line between statements. Comments stay where they are, and a statement with a comment \
inside stays as it is. The meaning does not change.`,
  examples: [
    { line: "ldfi fmt broadcast.ded" },
    { line: "ldfi fmt programs/ --check", remark: "for a CI job: says which files are not" },
    { line: "ldfi fmt - < draft.ded", remark: "for an editor" },
  ],
  statuses: {
    0: "every file is in the canonical form, or is now",
    1: "with --check: some file is not",
    2: "a file has errors, or cannot be read or written; the others are done",
  },
  job: ({ words, options, common }) => ({
    kind: "fmt",
    ...common,
    files: words,
    check: options.check === true,
  }),
  load: async () => (await import("../commands/fmt.js")).fmtCommand,
};
