import { diskFiles } from "../disk/disk-files.js";
import { resolvedFault, strayFaults } from "../faults/admission.js";
import type { Bound, Budget } from "../faults/budget.js";
import { budget } from "../faults/budget.js";
import { cutOf } from "../faults/cut-faults.js";
import type { Fault } from "../faults/kinds.js";
import { kindOf, periodOf } from "../faults/kinds.js";
import { formatFault } from "../faults/notation.js";
import { absencesUnder, noFaults, schedule } from "../faults/schedule.js";
import { absenceDiagnostics } from "../program/absences.js";
import { loadProgram } from "../program/load.js";
import { readInputs } from "../program/read-inputs.js";
import { prepare } from "../search/check.js";
import { evaluationDiagnostic } from "../search/evaluation-diagnostic.js";
import type { Replayed } from "../search/replay.js";
import { replay } from "../search/replay.js";
import type { Setting } from "../search/search.js";
import type { Violated } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { FilesReplayed, ReplayFilesOptions } from "./checked.js";
import { replayFilesShapes, wrongArguments, wrongOptions } from "./options.js";
import { list, someTexts } from "./shapes.js";

/**
 * Runs the program in some files under the given faults, and judges the run by the specification: `ldfi run FILE… --omit …` as a function. The
 * faults, and the sides of a cut, can be in any order. Problems with the files, the options or the faults are in the answer; nothing is
 * thrown, and nothing is printed.
 */
export function replayFiles(
  paths: string | readonly string[],
  faults: readonly Fault[],
  options: ReplayFilesOptions = {},
): FilesReplayed {
  const files = typeof paths === "string" ? [paths] : paths;
  const { inputs: given = [], ...others } = options;
  const answered = { files, options: others };
  const wrong = [
    ...wrongArguments({ paths: [files, someTexts], faults: [faults, list] }),
    ...wrongOptions("replayFiles", options, replayFilesShapes),
  ];
  if (wrong.length > 0) return { ...answered, kind: "refused", diagnostics: wrong.map((option) => option.diagnostic) };
  const { reader = diskFiles(), includeDirs = [] } = options;
  const { program, diagnostics: read } = loadProgram(files, reader, { includeDirs });
  if (program === undefined) return { ...answered, kind: "refused", diagnostics: read };
  const { setting: prepared, diagnostics: about } = prepare(program, options);
  if (prepared === undefined) return { ...answered, kind: "refused", diagnostics: [...read, ...about] };
  const { inputs, wrong: badInputs } = readInputs(prepared.program, given);
  const wrongInputs = badInputs.map(({ text, problem, help }) =>
    diagnostic("bad-option", { message: `input ${text}: ${problem}`, help }),
  );
  const ordered = faults.map(canonical);
  const diagnostics = [...read, ...about, ...complaintsAbout(ordered, prepared), ...wrongInputs];
  if (diagnostics.some(({ severity }) => severity === "error")) return { ...answered, kind: "refused", diagnostics };

  const setting: Setting = { ...prepared, budget: budgetOf(ordered, prepared.budget) };
  const chosen = replay(setting, ordered, others, inputs);
  if (chosen.kind !== "run") return unfinished(chosen, setting, answered, diagnostics);
  const undisturbed = ordered.length === 0 ? chosen : replay(setting, noFaults, others, inputs);
  if (undisturbed.kind !== "run") return unfinished(undisturbed, setting, answered, diagnostics);

  const { execution, witnesses, schedule: ran } = chosen.run;
  const failureFree = undisturbed.run.execution;
  const { specification } = setting;
  const [first, ...more] = witnesses;
  if (first === undefined) {
    const { warnings } = chosen;
    return {
      ...answered,
      kind: "survives",
      program,
      diagnostics,
      specification,
      run: execution,
      failureFree,
      warnings,
    };
  }
  const verdict: Violated = {
    kind: "violated",
    budget: setting.budget,
    specification,
    strategy: "lineage",
    method: "failure-free",
    statistics: statisticsOf(chosen.executions + (undisturbed === chosen ? 0 : undisturbed.executions)),
    warnings: [],
    failureFree,
    counterexample: { schedule: ran, execution, witnesses: [first, ...more] },
    smallest: false,
  };
  return { ...answered, kind: "verdict", program, diagnostics, verdict };
}

/** The sides of a cut in their order. */
function canonical(fault: Fault): Fault {
  return "a" in fault ? cutOf(fault.kind, fault.a, fault.b, fault.at, fault.until) : fault;
}

function complaintsAbout(
  faults: readonly Fault[],
  { program, specification, budget: { nodes, eot } }: Setting,
): readonly Diagnostic[] {
  return [
    ...strayFaults(faults, { nodes, eot }).map(({ fault, problem, help }) =>
      diagnostic("bad-option", { message: `${formatFault(fault)}: ${problem}`, help }),
    ),
    ...absenceDiagnostics(program, specification, absencesUnder(faults)),
  ];
}

/** The smallest budget that admits the faults. */
function budgetOf(faults: readonly Fault[], { nodes, eot, eff }: Budget): Budget {
  const resolved = schedule(faults.map((fault) => resolvedFault(fault, nodes)));
  const counts: Partial<Record<Bound, number>> = {};
  for (const { kind } of resolved) {
    const { bound } = kindOf(kind);
    counts[bound] = (counts[bound] ?? 0) + 1;
  }
  const lateness = Math.max(1, ...resolved.map((fault) => ("arrives" in fault ? fault.arrives - fault.at - 1 : 1)));
  const last = Math.max(0, ...resolved.map((fault) => periodOf(fault).to));
  return budget(nodes, eot, Math.min(eot, Math.max(eff, last + 1)), { omissions: 0, ...counts, lateness });
}

/** For one schedule there was no search. */
function statisticsOf(executions: number): Violated["statistics"] {
  const times = { run: 0, rerun: 0, build: 0, encode: 0, solve: 0, total: 0 };
  const none = { possibleTuples: 0, graphNodes: 0, coneNodes: 0, variables: 0, clauses: 0, solverCalls: 0 };
  return { executions, space: 1n, ...none, times };
}

function unfinished(
  ended: Exclude<Replayed, { readonly kind: "run" }>,
  { program }: Setting,
  answered: Pick<FilesReplayed, "files" | "options">,
  diagnostics: readonly Diagnostic[],
): FilesReplayed {
  if (ended.kind === "stopped") return { ...answered, kind: "stopped", diagnostics, detail: ended.detail };
  const { error } = ended;
  const said = evaluationDiagnostic(program, error, undefined);
  return { ...answered, kind: "error", program, error, diagnostics: [...diagnostics, said] };
}
