import type { Command } from "../command.js";
import type { TextJob } from "../job.js";

export interface LspJob extends TextJob {
  readonly kind: "lsp";
}

export const lsp: Command<"lsp", LspJob> = {
  name: "lsp",
  summary: "serve an editor through the Language Server Protocol",
  about: `\
Editors start it; docs/editors.md says how to configure VS Code, Neovim, Emacs and others. It uses standard input and \
output, and ends when the editor does.`,
  examples: [{ line: "ldfi lsp" }],
  statuses: {
    0: "the editor shut it down",
    1: "the connection ended without a shutdown request",
    2: "the command line is wrong",
  },
  job: ({ common }) => ({ kind: "lsp", ...common }),
  // The main thread serves, so that no answer waits for another thread: see the supervisor.
  load: async () => () => {
    throw new Error("the language server runs in the main thread");
  },
};
