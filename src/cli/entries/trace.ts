import type { Command } from "../command.js";
import type { TraceJob } from "../commands/trace.js";
import { defined } from "../defined.js";

export const trace: Command<"trace", TraceJob> = {
  name: "trace",
  summary: "show which calls recorded traces of a request depend on; nothing is injected",
  words: { name: "file", help: "traces: OTLP (JSON or protobuf), Jaeger JSON, Zipkin v2 JSON" },
  about: `\
Reads traces of successful requests of one scenario. Lists the calls in each of them, the sets of calls whose failure would \
have prevented all of them, and which of these sets to try first with \`ldfi hunt\`.`,
  examples: [{ line: "ldfi trace traces.json" }, { line: "ldfi trace monday.json tuesday.json --report calls.html" }],
  statuses: {
    0: "the traces were read",
    2: "a file has no traces, or none of the scenario",
    3: "Ctrl-C came first",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const { format, faults, scenario } = options;
    return {
      kind: "trace",
      ...common,
      files: words,
      format: format ?? (defaultFormat === "json" ? "json" : "pretty"),
      ...defined({ faults, scenario }),
    };
  },
  load: async () => (await import("../commands/trace.js")).traceCommand,
};
