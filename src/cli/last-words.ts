import { cutOffDocument } from "../report/json/envelope.js";
import { renderJson } from "../report/json/json.js";
import { testDocument } from "../report/json/test-document.js";
import { exitStatus } from "./exit-status.js";
import type { Job } from "./job.js";
import type { CutOff, Ending, LastWords } from "./messages.js";
import { version } from "./version.js";

/** What to say if the work is cut off before it has learned anything. */
export function firstWords(job: Job): LastWords {
  return lastWords((reason) => {
    const detail = cutOffDetail(reason, job);
    const envelope = { tool: { name: "ldfi", version }, command: job.kind };
    if (job.kind === "test") {
      const document = testDocument([], { passed: 0, failed: 0, wrong: 0, cutShort: true }, [], 0, envelope);
      return ending(job.reporter === "json" ? renderJson(document) : "", `ldfi: ${detail}; no expectation was run\n`);
    }
    if (job.format === "json") return ending(renderJson(cutOffDocument(job.files, reason, detail, envelope)), "");
    return ending(`INCONCLUSIVE  ${detail}; nothing was decided\n`, "");
  });
}

/** The endings for each way of being cut off. */
export function lastWords(words: (reason: CutOff) => Ending): LastWords {
  return { interrupted: words("interrupted"), timeout: words("timeout"), memory: words("memory") };
}

export function cutOffDetail(reason: CutOff, job: Job): string {
  switch (reason) {
    case "interrupted":
      return "interrupted";
    case "memory":
      return "the memory ran out";
    case "timeout": {
      const timeout = job.kind === "check" || job.kind === "break" ? job.parameters.timeout : job.timeout;
      return `the time limit of ${timeout ?? "?"} s was reached`;
    }
    default: {
      const never: never = reason;
      return never;
    }
  }
}

function ending(stdout: string, stderr: string): Ending {
  return { stdout, stderr, files: [], status: exitStatus("inconclusive") };
}
