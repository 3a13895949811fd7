import { formatSchedule } from "../../src/faults/notation.js";
import { violations } from "../../src/lineage/violation.js";
import { alternate } from "../../src/search/alternate.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check, decide } from "../../src/search/check.js";
import { buildFor } from "../../src/search/lineage-build.js";
import { decideWithLineage } from "../../src/search/lineage-driven.js";
import type { CheckResult } from "../../src/search/verdict.js";
import { EliminatingSolver } from "../../src/solving/eliminating-solver.js";
import { Hypotheses } from "../../src/solving/hypotheses.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import type { Query } from "../../src/solving/queries.js";
import type { Property, Subject } from "./subject.js";
import { failed, passed } from "./subject.js";

/** As for a very large question: variables are eliminated whatever there is to gain. */
const eliminating: Query = (graph, onCall, work) =>
  work(new Hypotheses(graph, new EliminatingSolver(new MinisatSolver(), 0, 1), onCall));

function decided({ setting }: Subject, options: CheckOptions): CheckResult {
  return decide(setting, options, (search) => {
    const all = buildFor(search, false);
    if (all.kind === "stopped") return all;
    if (all.kind === "too-large") return alternate(search);
    const bad = violations(setting.specification, search.failureFree, all);
    return decideWithLineage(search, all, bad, { using: eliminating });
  });
}

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
      const [found, expected] = [inWords(decided(subject, options)), inWords(check(subject.setting, options))];
      if (found !== expected) return failed(`${found}; without elimination ${expected}`);
      if (options.all === undefined && !expected.startsWith("violated")) return passed(expected.split(" ")[0] ?? "");
    }
    return passed("violated");
  },
};
