import type { Replay } from "../../evidence/replay.js";
import { spaceTime } from "../../evidence/space-time.js";
import { why } from "../../evidence/why.js";
import { whyNot } from "../../evidence/why-not.js";
import type { EvaluationError, Execution } from "../../execution/execution.js";
import { obligationsOf } from "../../execution/obligations.js";
import { run } from "../../execution/run.js";
import type { Stopped } from "../../execution/stopped.js";
import { stopped } from "../../execution/stopped.js";
import { resolvedFault, strayFaults } from "../../faults/admission.js";
import type { Budget } from "../../faults/budget.js";
import type { Inputs } from "../../faults/inputs.js";
import type { Fault } from "../../faults/kinds.js";
import { formatFaultValue, wordOf } from "../../faults/notation.js";
import { absencesUnder, noFaults, schedule as scheduleOf } from "../../faults/schedule.js";
import type { Provenance } from "../../lineage/derivations.js";
import { runWithProvenance } from "../../lineage/provenance.js";
import { absenceDiagnostics } from "../../program/absences.js";
import { givenInputs } from "../../program/chosen-inputs.js";
import { comparesWithFailureFree } from "../../program/demands.js";
import { memoryOf } from "../../program/memory.js";
import type { Program } from "../../program/program.js";
import { readInputs } from "../../program/read-inputs.js";
import type { Specification } from "../../program/specification.js";
import { resolveSpecification, rolesOf } from "../../program/specification.js";
import { renderJson } from "../../report/json/json.js";
import { runDocument } from "../../report/json/run-document.js";
import type { Answer, Outcome, RunOutcome, RunReport } from "../../report/run-report.js";
import { isCorrect } from "../../report/run-report.js";
import { renderRun, runLine } from "../../report/terminal/run.js";
import { styles } from "../../report/terminal/styles.js";
import { boundsOf } from "../../search/bounds.js";
import { witnessesOf } from "../../search/witnesses.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { Diagnostics, diagnostic } from "../../source/diagnostic.js";
import { endingsWithoutResult } from "../cut-off.js";
import { defined } from "../defined.js";
import type { ExitStatus } from "../exit-status.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { Parameters, ProgramJob } from "../job.js";
import type { Ending } from "../messages.js";
import { diagnosticText, ending, envelope, fail, loadFor, quietDiagnosticText, refuse } from "./program.js";
import type { TupleQuestion } from "./tuple.js";
import { parseTuple, tuplesMeant } from "./tuple.js";

export interface RunJob extends ProgramJob {
  readonly kind: "run";
  readonly parameters: Parameters;
  readonly faults: readonly Fault[];
  /** Facts that `maybe` and `one-of` lines offer, as written. */
  readonly inputs: readonly string[];
  /** An instant; `eot`: the end of time. */
  readonly tables?: number | "eot";
  readonly why?: string;
  readonly whyNot?: string;
}

/** `ldfi run FILE…`: one execution, shown. */
export function runCommand(job: RunJob, host: Host): Ending {
  const loaded = loadFor(job, host);
  if (loaded.kind === "refused") return loaded.ending;
  const { program } = loaded;
  const diagnostics = new Diagnostics();
  diagnostics.add(loaded.warnings);
  const budget = boundsOf(program, job.parameters, diagnostics);
  const specification = specificationOf(program, job, diagnostics);
  if (budget !== undefined) diagnostics.add(complaintsAbout(job.faults, budget));
  const { inputs, wrong } = readInputs(program, job.inputs);
  for (const { text, problem, help } of wrong)
    diagnostics.report("bad-option", { message: `--input ${text}: ${problem}`, help });
  if (specification !== undefined)
    diagnostics.add(absenceDiagnostics(program, specification, absencesUnder(job.faults)));
  const questions = budget === undefined ? [] : questionsOf(job, program, budget, diagnostics);
  const tables = job.tables === "eot" ? budget?.eot : job.tables;
  if (budget !== undefined && tables !== undefined && tables > budget.eot) {
    diagnostics.report("bad-option", { message: `--tables ${tables}: the instants are 1 … ${budget.eot}` });
  }
  if (budget === undefined || diagnostics.hasErrors) return refuse(job, host, diagnostics.all);

  host.progress("running", "running the program");
  const attempt = execute(program, job, { ...budget, inputs }, questions.length > 0, specification, host);
  switch (attempt.kind) {
    case "stopped":
      return endingsWithoutResult(job).interrupted;
    case "error":
      return fail(job, host, { program, error: attempt.error }, diagnostics.all);
    case "run": {
      const { execution, provenance, failureFree } = attempt;
      const answers = provenance === undefined ? [] : questions.flatMap((q) => answer(q, execution, provenance));
      const outcome = specification === undefined ? undefined : outcomeOf(specification, execution, failureFree);
      const report: RunReport = {
        files: job.files,
        execution,
        budget,
        diagram: spaceTime(execution),
        answers,
        replay: replayOf(job, execution),
        diagnostics: diagnostics.all,
        ...defined({ outcome, tables }),
      };
      return endingOf(report, job);
    }
    default: {
      const never: never = attempt;
      return never;
    }
  }
}

/** The specification that judges the run; a program without one can still be run. */
function specificationOf(program: Program, job: RunJob, diagnostics: Diagnostics): Specification | undefined {
  const { pre, post, never, promise } = job.parameters;
  const resolved = resolveSpecification(program, { pre, post, never, promise });
  const isGiven = [pre, post, never, promise].some((given) => given !== undefined);
  if (isGiven) diagnostics.add(resolved.diagnostics);
  return resolved.specification;
}

function complaintsAbout(faults: readonly Fault[], budget: Budget): readonly Diagnostic[] {
  return strayFaults(faults, budget).map(({ fault, problem, help }) => {
    const option = `--${wordOf(fault)} ${formatFaultValue(fault)}`;
    return diagnostic("bad-option", { message: `${option}: ${problem}`, help });
  });
}

interface Question extends TupleQuestion {
  readonly asked: "why" | "why-not";
  readonly text: string;
}

function questionsOf(job: RunJob, program: Program, { eot }: Budget, diagnostics: Diagnostics): readonly Question[] {
  const asked = [["why", job.why] as const, ["why-not", job.whyNot] as const];
  return asked.flatMap(([kind, text]) => {
    if (text === undefined) return [];
    const parsed = parseTuple(text, program, eot);
    if (parsed.kind === "tuple") return [{ ...parsed.question, asked: kind, text }];
    diagnostics.add(parsed.diagnostics);
    return [];
  });
}

type Attempt =
  | {
      readonly kind: "run";
      readonly execution: Execution;
      readonly provenance?: Provenance;
      readonly failureFree: Execution;
    }
  | { readonly kind: "error"; readonly error: EvaluationError }
  | Stopped;

function execute(
  program: Program,
  job: RunJob,
  { nodes, eot, inputs }: Pick<Budget, "nodes" | "eot"> & { readonly inputs: Inputs },
  traced: boolean,
  specification: Specification | undefined,
  host: Host,
): Attempt {
  const tick = (): Stopped | undefined => (host.interrupted() ? stopped("interrupted", "interrupted") : undefined);
  const { maxTuples } = job.parameters;
  const options = {
    nodes,
    eot,
    inputs,
    schedule: scheduleOf(job.faults.map((fault) => resolvedFault(fault, nodes))),
    tick,
    ...defined({ maxTuples, memory: specification && memoryOf(program, rolesOf(specification)) }),
  };
  const result = traced ? runWithProvenance(program, options) : run(program, options);
  if (result.kind !== "run") return result;
  const comparing = specification !== undefined && comparesWithFailureFree(specification) && job.faults.length > 0;
  const free = comparing ? run(program, { ...options, schedule: noFaults }) : result;
  return free.kind === "run" ? { ...result, failureFree: free.execution } : free;
}

function answer(question: Question, execution: Execution, provenance: Provenance): readonly Answer[] {
  const { asked, text } = question;
  const tuples = tuplesMeant(question, execution);
  if (tuples.length === 0) {
    const reasons = asked === "why-not" ? whyNot(question, execution, { provenance }) : undefined;
    return [{ kind: "no-match", asked, text, ...defined({ whyNot: reasons }) }];
  }
  return tuples.map((tuple): Answer => {
    const derivation = why(tuple, { execution, provenance });
    if (derivation !== undefined) return { kind: "holds", asked, tuple, why: derivation };
    return { kind: "absent", asked, tuple, ...defined({ whyNot: whyNot(tuple, execution, { provenance }) }) };
  });
}

function replayOf({ files, includeDirs, parameters }: RunJob, execution: Execution): Replay {
  const { program, eot, schedule } = execution;
  const given = givenInputs(program, execution.inputs);
  const inputs = given.length === 0 ? undefined : given;
  const { nodes, pre, post, never, promise, maxTuples } = parameters;
  return { files, eot, includeDirs, schedule, ...defined({ nodes, pre, post, never, promise, maxTuples, inputs }) };
}

function outcomeOf(specification: Specification, execution: Execution, failureFree: Execution): RunOutcome {
  const witnesses = witnessesOf(specification, execution, () => failureFree);
  const promised = obligationsOf(specification, execution, () => failureFree);
  const kept = promised.filter(({ relation, instant, args }) => execution.has(relation, instant, args));
  return {
    specification,
    missing: witnesses.filter(({ kind }) => kind === "missing"),
    present: witnesses.filter(({ kind }) => kind === "present"),
    kept: distinct(kept),
  };
}

/** Several promises can require the same tuple. */
function distinct(tuples: readonly Outcome[]): readonly Outcome[] {
  const byKey = new Map(tuples.map(({ relation, args }) => [JSON.stringify([relation, args]), { relation, args }]));
  return [...byKey.values()];
}

function endingOf(report: RunReport, job: RunJob): Ending {
  const { style } = styles(job.terminal);
  const status = statusOf(report);
  if (job.format === "json") return ending(renderJson(runDocument(report, envelope(job))), "", status);
  const short = job.quiet && report.answers.length === 0 && report.tables === undefined;
  const text = short ? `${runLine(report, style)}\n` : renderRun(report, style);
  return ending(text, (job.quiet ? quietDiagnosticText : diagnosticText)(job, report.diagnostics), status);
}

function statusOf({ answers, outcome }: RunReport): ExitStatus {
  if (answers.length > 0)
    return exitStatus(answers.every((a) => (a.asked === "why") === (a.kind === "holds")) ? "holds" : "violated");
  return exitStatus(outcome === undefined || isCorrect(outcome) ? "holds" : "violated");
}
