import type { Command } from "../command.js";
import type { PlaygroundJob } from "../commands/playground.js";
import { parametersOf } from "../options/table.js";

const defaultPort = 8642;

export const playground: Command<"playground", PlaygroundJob> = {
  name: "playground",
  summary: "open a page where programs are written, checked, and attacked by hand",
  words: { name: "file", help: "a program to open and check; without one, the library", count: "any-number" },
  about: `\
Serves static files on 127.0.0.1 until Ctrl-C. The address contains the program and its budget, and everything is computed \
in the page: nothing leaves the browser.`,
  examples: [
    { line: "ldfi playground" },
    { line: "ldfi playground broadcast.ded --eot 6 --crashes 1", remark: "checked at once" },
    { line: "ldfi playground --port 9000 --no-open" },
  ],
  statuses: {
    0: "Ctrl-C",
    2: "the program or the command line is wrong, or the port is taken",
  },
  job: ({ words, options, common }) => ({
    kind: "playground",
    ...common,
    files: words,
    parameters: parametersOf("playground", options),
    port: options.port ?? defaultPort,
    open: options.open !== false,
  }),
  load: async () => (await import("../commands/playground.js")).playgroundCommand,
};
