import type { Command } from "../command.js";
import type { TextJob } from "../job.js";

export interface LspJob extends TextJob {
  readonly kind: "lsp";
}

export const lsp: Command<"lsp", LspJob> = {
  name: "lsp",
  summary: "serve an editor, by the Language Server Protocol",
  about: `\
Editors start it; docs/editors.md has the lines to write for VS Code, Neovim, Emacs and others. It speaks on standard input and \
output, and ends when the editor does.`,
  examples: [{ line: "ldfi lsp" }],
  statuses: {
    0: "the editor said that it is enough",
    1: "the editor went away without a word",
    2: "the command line is wrong",
  },
  job: ({ common }) => ({ kind: "lsp", ...common }),
  // The main thread serves, so that the answers need not wait for another: see the supervisor.
  load: async () => () => {
    throw new Error("the language server runs in the main thread");
  },
};
