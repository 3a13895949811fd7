import { formatSchedule } from "../../src/faults/notation.js";
import { check, prepare } from "../../src/search/check.js";
import { frontier } from "../../src/search/frontier.js";
import type { Parameters, Step } from "../../src/search/step.js";
import type { SweepResult } from "../../src/search/sweep.js";
import { conclusionOf, sweep } from "../../src/search/sweep.js";
import type { Verdict } from "../../src/search/verdict.js";
import type { Random } from "./random.js";
import type { Finding, Property, Subject } from "./subject.js";
import { failed, parametersOf, passed } from "./subject.js";

/** So many cells and steps of each program are looked at. */
const SAMPLE = 3;

/** What a check at these parameters says by itself. */
function verdictAt(subject: Subject, parameters: Parameters): Verdict | undefined {
  const options = { ...parametersOf(subject.case), ...parameters };
  const { setting } = prepare(subject.program, options);
  const result = setting && check(setting, options);
  return result?.kind === "verdict" ? result.verdict : undefined;
}

function show({ eot, eff, crashes }: Parameters): string {
  return `eot ${eot} eff ${eff} crashes ${crashes}`;
}

export const growingBudgets: Property = {
  name: "budgets",
  claim:
    "a cell of a frontier, and a step of a sweep, is what a check at its parameters says; a sweep concludes what its steps say",
  check: (subject, random) => {
    const { nodes, eot, crashes } = subject.budget;
    const { pre, post } = subject.case;
    const ranges = {
      eot: { from: eot, to: eot },
      eff: { from: 0, to: Math.min(eot, 3) },
      crashes: { from: 0, to: Math.min(nodes.length, crashes + 1) },
    };
    const { cells, error } = frontier(subject.program, { nodes, pre, post, ranges });
    for (const { parameters, finding } of random.shuffled(cells).slice(0, SAMPLE)) {
      const verdict = verdictAt(subject, parameters);
      if (verdict === undefined) continue; // Some schedule errs: a cell that follows from a smaller budget need not say so.
      const problem = cellProblem(finding, verdict);
      if (problem !== undefined) return failed(`the frontier at ${show(parameters)}: ${problem}`);
    }
    return error === undefined ? sweepFinding(subject, random) : passed("error");
  },
};

function isVacuous({ warnings }: Verdict): boolean {
  return warnings.some(({ kind }) => kind === "vacuous");
}

function cellProblem(
  finding: ReturnType<typeof frontier>["cells"][number]["finding"],
  verdict: Verdict,
): string | undefined {
  if (finding.kind !== verdict.kind) return `${finding.kind}; a check says ${verdict.kind}`;
  if (finding.kind === "holds" && finding.vacuous !== isVacuous(verdict))
    return `${finding.vacuous ? "" : "not "}vacuous; a check says otherwise`;
  if (finding.kind !== "violated" || verdict.kind !== "violated") return undefined;
  const size = verdict.counterexample.schedule.length;
  if (finding.exact && finding.faults !== size) return `${finding.faults} faults; a check says ${size}`;
  return finding.faults < size ? `${finding.faults} faults; a check needs ${size}` : undefined;
}

function sweepFinding(subject: Subject, random: Random): Finding {
  const { nodes, eot, crashes } = subject.budget;
  const { pre, post } = subject.case;
  const swept = sweep(subject.program, { nodes, pre, post, crashes, maxEot: eot, patience: 2 });
  for (const { parameters, finding } of random.shuffled(swept.steps).slice(0, SAMPLE)) {
    const verdict = verdictAt(subject, parameters);
    if (verdict === undefined || finding.kind === "inconclusive")
      return failed(`the sweep at ${show(parameters)}: ${finding.kind}; a check errs`);
    if (finding.kind !== verdict.kind)
      return failed(`the sweep at ${show(parameters)}: ${finding.kind}; a check says ${verdict.kind}`);
    if (finding.kind === "holds" && finding.vacuous !== isVacuous(verdict))
      return failed(`the sweep at ${show(parameters)}: vacuous ${finding.vacuous}; a check says otherwise`);
    if (finding.kind !== "violated" || verdict.kind !== "violated") continue;
    const [found, expected] = [formatSchedule(finding.schedule), formatSchedule(verdict.counterexample.schedule)];
    if (found !== expected) return failed(`the sweep at ${show(parameters)}: ${found}; a check says ${expected}`);
  }
  const problem = conclusionProblem(swept);
  return problem === undefined ? passed(swept.kind) : failed(`the sweep is ${conclusionOf(swept)}: ${problem}`);
}

/** What a sweep concludes, beside its steps: only something promised and kept undoes a violation. */
function conclusionProblem(swept: SweepResult): string | undefined {
  const { steps } = swept;
  const kept = ({ finding }: Step): boolean => finding.kind === "holds" && !finding.vacuous;
  if (conclusionOf(swept) === "holds") {
    const open = steps.findLast(({ finding }) => finding.kind === "violated");
    return open === undefined || steps.slice(steps.indexOf(open)).some(kept)
      ? undefined
      : `the violation at ${show(open.parameters)} was not mended`;
  }
  if (swept.kind !== "violated") return undefined;
  const { parameters, finding } = swept.smallest;
  if (finding.kind !== "violated") return `${show(parameters)} is ${finding.kind}`;
  const mended = steps.find(
    (step) =>
      kept(step) &&
      step.parameters.eff === parameters.eff &&
      step.parameters.crashes === parameters.crashes &&
      step.parameters.eot >= parameters.eot,
  );
  return mended === undefined ? undefined : `${show(mended.parameters)} holds`;
}
