import type { Command } from "../command.js";
import type { FmtJob } from "../commands/fmt.js";

export const fmt: Command<"fmt", FmtJob> = {
  name: "fmt",
  summary: "rewrite programs in the canonical form",
  words: {
    name: "path",
    help: "programs, or folders to search for them; - reads standard input and writes to standard output",
  },
  about: `\
Each statement is on its own line, except short facts that already share one. A rule longer than 100 columns has one literal \
per line. There is at most one empty line between statements. Comments stay where they are, and a statement with a comment \
inside is left unchanged. The meaning does not change.`,
  examples: [
    { line: "ldfi fmt broadcast.ded" },
    { line: "ldfi fmt programs/ --check", remark: "for a CI job: lists the files that are not" },
    { line: "ldfi fmt - < draft.ded", remark: "for an editor" },
  ],
  statuses: {
    0: "every file is now in the canonical form",
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
