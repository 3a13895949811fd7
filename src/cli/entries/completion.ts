import type { Command } from "../command.js";
import type { CompletionJob } from "../commands/completion.js";

const shells = ["bash", "zsh", "fish"] as const;

export const completion: Command<"completion", CompletionJob> = {
  name: "completion",
  summary: "print completions for a shell",
  words: { name: "shell", help: "bash, zsh or fish" },
  about: `\
The script completes commands, options, their values, and relations of the program where a tuple is expected. Have the \
shell read it when it starts.`,
  examples: [
    { line: "ldfi completion bash", remark: "> ~/.local/share/bash-completion/completions/ldfi" },
    { line: "ldfi completion zsh", remark: "> ~/.zfunc/_ldfi, with fpath+=~/.zfunc" },
    { line: "ldfi completion fish", remark: "> ~/.config/fish/completions/ldfi.fish" },
  ],
  statuses: { 0: "printed", 2: "the shell is not one of these" },
  job: ({ words, common, commands }) => {
    const [shell = "", ...files] = words;
    // What the printed functions call.
    if (shell === "relations") return { kind: "completion", ...common, shell, files, commands };
    const known = shells.find((name) => name === shell);
    if (known === undefined || files.length > 0)
      return { kind: "misuse", message: "name one shell: bash, zsh or fish" };
    return { kind: "completion", ...common, shell: known, files: [], commands };
  },
  load: async () => (await import("../commands/completion.js")).completionCommand,
};
