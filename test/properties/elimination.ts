import { formatSchedule } from "../../src/faults/notation.js";
import { check } from "../../src/search/check.js";
import type { CheckResult } from "../../src/search/verdict.js";
import { Hypotheses } from "../../src/solving/hypotheses.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import type { Query } from "../../src/solving/queries.js";
import type { Property } from "./subject.js";
import { failed, passed } from "./subject.js";

/** Whatever is asked, variables are eliminated; of themselves they are only in large and in hard questions. */
export const eliminating: Query = (graph, onCall, work) =>
  work(new Hypotheses(graph, new MinisatSolver({ from: 0, after: 0, most: Infinity }), onCall));

/** A verdict with its counterexamples, in words. */
function inWords(result: CheckResult): string {
  if (result.kind === "error") return `error at ${result.error.instant}`;
  const { verdict } = result;
  if (verdict.kind !== "violated") return verdict.kind;
  const { counterexample, minimal } = verdict;
  return `violated by ${(minimal?.counterexamples ?? [counterexample]).map((c) => formatSchedule(c.schedule)).join(" or ")}`;
}

export const elimination: Property = {
  name: "elimination",
  claim: "with the variables of every question eliminated, the verdict and the counterexamples are the same",
  check: (subject) => {
    for (const options of [{}, { all: true, maxRuns: 12 }]) {
      const [found, expected] = [
        inWords(check(subject.setting, options, eliminating)),
        inWords(check(subject.setting, options)),
      ];
      if (found !== expected) return failed(`${found}; without elimination ${expected}`);
      if (options.all === undefined && !expected.startsWith("violated")) return passed(expected.split(" ")[0] ?? "");
    }
    return passed("violated");
  },
};
