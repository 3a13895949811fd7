import { version } from "../library/version.js";
import type { Envelope } from "../report/json/envelope.js";
import { cutOffDocument } from "../report/json/envelope.js";
import { renderJson } from "../report/json/json.js";
import { testDocument } from "../report/json/test-document.js";
import { junitCutShort, renderJUnit } from "../report/junit.js";
import { exitStatus } from "./exit-status.js";
import type { Common, ProgramJob, ResultsJob, TextJob } from "./job.js";
import type { CutOff, CutOffEndings, Ending } from "./messages.js";
import { notWritten, outputsOf } from "./outputs.js";

/** The endings for work that is cut off before anything is known. */
export function endingsWithoutResult(job: ProgramJob | ResultsJob | TextJob): CutOffEndings {
  return cutOffEndings((reason) => {
    const detail = cutOffDetail(reason, job);
    const envelope = { tool: { name: "ldfi", version }, command: job.kind };
    const unwritten = outputsOf(job)
      .map(({ path }) => notWritten(path))
      .join("");
    if (!("reporter" in job || "parameters" in job)) return ending("", `ldfi: ${detail}\n`);
    if ("reporter" in job)
      return ending(noResults(job, envelope), `ldfi: ${detail}; no expectation was run\n${unwritten}`);
    if (job.format === "json")
      return ending(renderJson(cutOffDocument(job.files, reason, detail, envelope)), unwritten);
    return ending(`INCONCLUSIVE  ${detail}; nothing was decided\n`, unwritten);
  });
}

/** A test run without results, in the format of its reporter. */
function noResults({ reporter }: ResultsJob, envelope: Envelope): string {
  switch (reporter) {
    case "json":
      return renderJson(testDocument([], { passed: 0, failed: 0, wrong: 0, cutShort: true }, [], 0, envelope));
    case "junit":
      return renderJUnit([junitCutShort(true)]);
    case "default":
      return "";
    default: {
      const never: never = reporter;
      return never;
    }
  }
}

/** The ending for each reason. */
export function cutOffEndings(endingFor: (reason: CutOff) => Ending): CutOffEndings {
  return { interrupted: endingFor("interrupted"), timeout: endingFor("timeout"), memory: endingFor("memory") };
}

export function cutOffDetail(reason: CutOff, { timeout }: Pick<Common, "timeout">): string {
  switch (reason) {
    case "interrupted":
      return "interrupted";
    case "memory":
      return "the memory ran out";
    case "timeout":
      return `the time limit of ${timeout ?? "?"} s was reached`;
    default: {
      const never: never = reason;
      return never;
    }
  }
}

function ending(stdout: string, stderr: string): Ending {
  return { stdout, stderr, files: [], status: exitStatus("inconclusive") };
}
