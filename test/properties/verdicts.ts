import type { Schedule } from "../../src/faults/schedule.js";
import { check } from "../../src/search/check.js";
import type { CheckResult, Counterexample } from "../../src/search/verdict.js";
import { evaluateProgram } from "../reference/evaluate.js";
import type { Survey } from "../reference/exhaustive.js";
import { showSchedule } from "../reference/schedules.js";
import { witnessesOf } from "../reference/specification.js";
import { keyOf } from "../reference/values.js";
import type { Finding, Property, Subject } from "./subject.js";
import { failed, passed, skipped } from "./subject.js";

type Complete = Extract<Survey, { kind: "complete" }>;

export const lineageVerdict: Property = {
  name: "verdict",
  claim: "the verdict, the counterexample and its size are those that running every schedule gives",
  check: (subject) => {
    const result = check(subject.setting, {});
    const truth = subject.truth();
    if (truth.kind === "too-large") return judgeAlone(subject, result);
    if (truth.kind === "error")
      return result.kind === "error" ? passed("error") : failed("the failure-free run errs; not reported");
    return judge(subject, result, truth, true);
  },
};

/** Where the space cannot be listed: the counterexample is at least one, and what the engine's own listing finds. */
function judgeAlone(subject: Subject, result: CheckResult): Finding {
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return skipped(result.kind);
  const { verdict } = result;
  const problem = verdict.kind === "violated" ? counterexampleProblem(subject, verdict.counterexample) : undefined;
  if (problem !== undefined) return failed(problem);
  const listed = check(subject.setting, { strategy: "exhaustive", maxRuns: 400 });
  if (listed.kind === "error" || listed.verdict.kind === "inconclusive") return passed(`${verdict.kind}, not listed`);
  if (listed.verdict.kind !== verdict.kind)
    return failed(`lineage: ${verdict.kind}; exhaustive: ${listed.verdict.kind}`);
  if (verdict.kind === "violated" && listed.verdict.kind === "violated") {
    const [ours, theirs] = [verdict.counterexample.schedule, listed.verdict.counterexample.schedule];
    if (showSchedule(ours) !== showSchedule(theirs))
      return failed(`lineage: ${showSchedule(ours)}; exhaustive: ${showSchedule(theirs)}`);
  }
  return passed(`${verdict.kind}, listed by the engine`);
}

/**
 * A result beside the truth. `smallest`: whether the first of the smallest counterexamples is promised; otherwise only
 * that a counterexample is one, and as small as it is said to be.
 */
function judge(subject: Subject, result: CheckResult, truth: Complete, smallest: boolean): Finding {
  const erring = truth.erring.map(showSchedule);
  const [first] = truth.minimal;
  if (result.kind === "error") {
    const schedule = showSchedule(result.error.schedule);
    return erring.includes(schedule)
      ? passed("error under faults")
      : failed(`an error is reported where there is none, under ${schedule}`);
  }
  const { verdict } = result;
  switch (verdict.kind) {
    case "inconclusive":
      return failed(`inconclusive: ${verdict.detail}`);
    case "holds":
      if (first !== undefined) return failed(`holds; but there is ${showSchedule(first)}`);
      return erring.length === 0 ? passed("holds") : failed(`holds; but ${String(erring[0])} ends in an error`);
    case "violated": {
      const shown = showSchedule(verdict.counterexample.schedule);
      if (first === undefined) return failed(`violated by ${shown}; expected holds`);
      if (smallest && shown !== showSchedule(first))
        return failed(`violated by ${shown}; expected ${showSchedule(first)}`);
      if (smallest && !verdict.smallest) return failed("the counterexample is not said to be smallest");
      if (verdict.smallest && verdict.counterexample.schedule.length > first.length)
        return failed(`not the smallest: ${shown}; ${showSchedule(first)} is smaller`);
      const problem = counterexampleProblem(subject, verdict.counterexample);
      const besides = erring.length > 0 ? ", errors besides" : "";
      return problem === undefined ? passed(`violated by ${first.length}${besides}`) : failed(problem);
    }
  }
}

/** Replays a counterexample in the naive evaluator. */
function counterexampleProblem(subject: Subject, { schedule, witnesses }: Counterexample): string | undefined {
  const expected = naiveWitnesses(subject, schedule);
  const found = witnesses
    .map((w) => `${w.promise ?? ""} ${subject.program.relations[w.relation]?.name ?? "?"}${keyOf(w.args)}`)
    .sort();
  if (expected === undefined || expected.length === 0) return `no violation under ${showSchedule(schedule)}`;
  if (found.join() === expected.join()) return undefined;
  return `the witnesses are ${found.join(" ")}; expected ${expected.join(" ")}; under ${showSchedule(schedule)}`;
}

function naiveWitnesses(subject: Subject, schedule: Schedule): readonly string[] | undefined {
  const failureFree = evaluateProgram(subject.reference, { ...subject.budget, schedule: [] });
  const run = evaluateProgram(subject.reference, { ...subject.budget, schedule });
  if (failureFree.kind !== "model" || run.kind !== "model") return undefined;
  const witnesses = witnessesOf(subject.specification, run.instants, failureFree.instants);
  // "Each at the first instant": a witness of `never` is reported once.
  return [...new Set(witnesses.map((w) => `${w.promise ?? ""} ${w.relation}${keyOf(w.tuple)}`))].sort();
}

export const otherStrategies: Property = {
  name: "strategies",
  claim: "exhaustive finds the same; alternate, random and a lineage short of space never contradict it",
  check: (subject, random) => {
    const truth = subject.truth();
    if (truth.kind !== "complete") return skipped(truth.kind);
    const exhaustive = judge(
      subject,
      check(subject.setting, { strategy: "exhaustive", maxRuns: 100_000 }),
      truth,
      true,
    );
    if (exhaustive.kind === "failed") return failed(`exhaustive: ${exhaustive.message}`);
    const alternate = judge(subject, check(subject.setting, { strategy: "alternate" }), truth, false);
    if (alternate.kind === "failed") return failed(`alternate: ${alternate.message}`);
    // Room for the runs and hardly more: mostly too little for the lineage over all schedules, which gives way to alternation.
    const cramped = check({ ...subject.setting, maxTuples: largestInstant(subject) + random.integer(0, 6) }, {});
    const inTightSpace =
      cramped.kind === "error" && cramped.error.kind === "too-many-tuples"
        ? exhaustive
        : judge(subject, cramped, truth, false);
    if (inTightSpace.kind === "failed") return failed(`in tight space: ${inTightSpace.message}`);
    const drawn = check(subject.setting, { strategy: "random", seed: random.integer(1, 1000), maxRuns: 20 });
    if (drawn.kind === "verdict" && drawn.verdict.kind === "holds") return failed("random says that it holds");
    if (drawn.kind === "verdict" && drawn.verdict.kind === "inconclusive") return exhaustive;
    const atRandom = judge(subject, drawn, truth, false);
    return atRandom.kind === "failed" ? failed(`random: ${atRandom.message}`) : exhaustive;
  },
};

/** The most tuples that an instant of the failure-free run has. */
function largestInstant(subject: Subject): number {
  const run = evaluateProgram(subject.reference, { ...subject.budget, schedule: [] });
  if (run.kind !== "model") return 0;
  return Math.max(
    ...run.instants.map((instant) => [...instant.values()].reduce((sum, tuples) => sum + tuples.size, 0)),
  );
}

export const minimalCounterexamples: Property = {
  name: "minimal",
  claim: "with `all`, the minimal counterexamples are exactly those among all schedules",
  check: (subject) => {
    const truth = subject.truth();
    if (truth.kind !== "complete") return skipped(truth.kind);
    const result = check(subject.setting, { all: true });
    const first = judge(subject, result, truth, true);
    if (first.kind === "failed" || result.kind === "error" || result.verdict.kind !== "violated") return first;
    const { verdict } = result;
    if (verdict.minimal?.complete !== true) return failed("the minimal counterexamples are incomplete");
    const found = verdict.minimal.counterexamples.map((c) => `${c.minimalFor ?? ""}${showSchedule(c.schedule)}`);
    const expected =
      subject.specification.promises === undefined
        ? truth.minimal.map(showSchedule)
        : [...truth.minimalFor].flatMap(([name, schedules]) => schedules.map((s) => `${name}${showSchedule(s)}`));
    const wrong = [...found].sort().join("; ") !== [...expected].sort().join("; ");
    if (wrong) return failed(`minimal: ${found.join("; ")}; expected ${expected.join("; ")}`);
    const bad = verdict.minimal.counterexamples
      .map((c) => counterexampleProblem(subject, c))
      .find((p) => p !== undefined);
    return bad === undefined ? first : failed(bad);
  },
};
