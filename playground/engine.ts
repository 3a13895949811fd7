import { Evidence } from "../src/evidence/evidence.js";
import { TracedRuns } from "../src/evidence/traced-run.js";
import { boundRows } from "../src/faults/bounds.js";
import { cutOf } from "../src/faults/cut-faults.js";
import { formatFault } from "../src/faults/notation.js";
import { noFaults, schedule } from "../src/faults/schedule.js";
import { faultInWords } from "../src/faults/words.js";
import type { Fault as LibraryFault, Program, Schedule, Verdict } from "../src/index.js";
import { check, lint, load, memoryFiles, prepare, replay } from "../src/index.js";
import { memoryOf } from "../src/program/memory.js";
import { rolesOf } from "../src/program/specification.js";
import { refusalBody } from "../src/report/html/refusal-html.js";
import { reportBody, survivalBody } from "../src/report/html/report-body.js";
import type { Setting } from "../src/search/search.js";
import type { Diagnostic } from "../src/source/diagnostic.js";
import { parseDirectives } from "../src/syntax/directives.js";
import type { CheckExpectation } from "../src/syntax/expectation.js";
import type { Budget, CheckLine, Fault, Files, Problem, RelationInfo, Reply, Request } from "./protocol.js";

/*
 * What a worker of the playground does with a request. It is the library's check, run and lint; nothing of a browser is
 * in it.
 */

type Shown = Extract<Reply, { kind: "shown" }>;

export function answer(request: Request, progress: (text: string) => void): Reply {
  switch (request.kind) {
    case "analyse":
      return { kind: "analysed", id: request.id, ...analysis(request.files) };
    case "check":
      return checked(request, progress);
    case "attack":
      return attacked(request);
    default: {
      const never: never = request;
      return never;
    }
  }
}

function pathsOf({ main, besides }: Files): readonly string[] {
  return [main, ...besides];
}

function analysis(files: Files): Omit<Extract<Reply, { kind: "analysed" }>, "kind" | "id"> {
  const { program, trees, diagnostics } = load(pathsOf(files), memoryFiles(files.texts));
  const advice = program === undefined ? [] : lint(program);
  const [main] = trees;
  const lines = main === undefined ? [] : parseDirectives(main).directives;
  return {
    problems: [...diagnostics, ...advice].map(problemOf),
    relations: program === undefined ? [] : relationsOf(program),
    checks: lines.flatMap((line) => (line.kind === "check" ? [checkLine(line, files.main)] : [])),
    paths: trees.map(({ source }) => source.path),
  };
}

function problemOf({ span, severity, message, help }: Diagnostic): Problem {
  const said = help === undefined ? message : `${message}\n${help}`;
  return {
    path: span?.file.path,
    from: span?.start ?? 0,
    to: span?.end ?? 0,
    severity: severity === "error" ? "error" : "warning",
    message: said,
  };
}

function relationsOf({ relations, rules }: Program): readonly RelationInfo[] {
  return relations.map(({ id, name, columnTypes, arity }) => {
    const own = rules.filter(({ head }) => head.relation === id);
    const columns = Array.from({ length: arity }, (_, i) => {
      const named = own.flatMap(({ head, variables }) => {
        const term = head.args[i];
        return term?.kind === "variable" ? [variables[term.variable] ?? ""] : [];
      });
      return `${named[0] ?? "_"}: ${columnTypes[i] ?? "any"}`;
    });
    return { name, columns, rules: own.length };
  });
}

function checkLine(line: CheckExpectation, main: string): CheckLine {
  const numbers: [string, number][] = [];
  const add = (key: string, value: number | undefined): void => {
    if (value !== undefined) numbers.push([key, value]);
  };
  add("eot", line.eot);
  add("eff", line.eff);
  for (const { bound } of boundRows) add(bound, line[bound]);
  const words = numbers.map(([key, value]) => `${key} ${value === Infinity ? "any" : value}`).join(", ");
  const folder = main.includes("/") ? main.slice(0, main.lastIndexOf("/") + 1) : "";
  return {
    title: line.name === undefined ? words : `${line.name} (${words})`,
    expect: line.expect,
    budget: Object.fromEntries(numbers.map(([key, value]) => [key, value === Infinity ? null : value])),
    besides: line.with.map((path) => folder + path),
  };
}

interface Prepared {
  readonly program: Program;
  readonly setting: Setting;
  readonly diagnostics: readonly Diagnostic[];
}

function prepared(files: Files, budget: Budget): Prepared | readonly Diagnostic[] {
  const { program, diagnostics } = load(pathsOf(files), memoryFiles(files.texts));
  if (program === undefined) return diagnostics;
  const options = Object.fromEntries(Object.entries(budget).map(([key, value]) => [key, value ?? Infinity]));
  const { setting, diagnostics: more } = prepare(program, options);
  return setting === undefined
    ? [...diagnostics, ...more]
    : { program, setting, diagnostics: [...diagnostics, ...more] };
}

function refused(id: number, files: Files, diagnostics: readonly Diagnostic[]): Shown {
  const html = refusalBody({ files: pathsOf(files), diagnostics });
  return { kind: "shown", id, outcome: "refused", html, faults: [] };
}

function checked({ id, files, budget }: Extract<Request, { kind: "check" }>, progress: (text: string) => void): Reply {
  const ready = prepared(files, budget);
  if (!("setting" in ready)) return refused(id, files, ready);
  const { program, setting, diagnostics } = ready;
  const result = check(setting, {
    onProgress: (known) => {
      if (known.kind === "building") progress(`instant ${known.instant} of ${known.eot}: ${known.tuples} tuples`);
      else
        progress(
          known.known.ruledOut === undefined
            ? "searching"
            : `no violation with ${known.known.ruledOut} faults or fewer`,
        );
    },
  });
  if (result.kind === "error")
    return { kind: "failed", id, message: "the program fails in evaluation: see `ldfi check` for where" };
  const { verdict } = result;
  if (verdict.kind === "inconclusive" && verdict.reason === "memory")
    return { kind: "failed", id, message: verdict.detail, outOfMemory: true };
  return { ...shown(id, program, files, verdict, diagnostics), outcome: verdict.kind };
}

function shown(
  id: number,
  program: Program,
  files: Files,
  verdict: Verdict,
  diagnostics: readonly Diagnostic[],
): Omit<Shown, "outcome"> {
  const found = verdict.kind === "violated" ? verdict.counterexample.schedule : noFaults;
  const paths = pathsOf(files);
  const replayed =
    verdict.kind === "violated"
      ? { replay: { files: paths, eot: verdict.budget.eot, includeDirs: [], schedule: found } }
      : {};
  const body = reportBody({
    program,
    files: paths,
    verdict,
    diagnostics,
    evidence: new Evidence(verdict),
    ...replayed,
  });
  return { kind: "shown", id, ...body, faults: faultsOf(found, verdict.budget.nodes) };
}

function faultsOf(faults: Schedule, nodes: readonly string[]): Shown["faults"] {
  return faults.map((fault) => ({
    fault: fault as unknown as Fault,
    words: faultInWords(fault, nodes),
    notation: formatFault(fault),
  }));
}

/** The sides of a cut in their order. */
function canonical(fault: LibraryFault): LibraryFault {
  return "a" in fault ? (cutOf(fault.kind, fault.a, fault.b, fault.at, fault.until) as LibraryFault) : fault;
}

/** One run under faults chosen by hand: the report of a violation, or the run beside the one without faults. */
function attacked({ id, files, budget, faults }: Extract<Request, { kind: "attack" }>): Reply {
  const ready = prepared(files, budget);
  if (!("setting" in ready)) return refused(id, files, ready);
  const { program, setting, diagnostics } = ready;
  const chosen = schedule((faults as unknown as readonly LibraryFault[]).map(canonical));
  const result = replay(setting, chosen, {});
  if (result.kind === "error")
    return { kind: "failed", id, message: "the program fails in evaluation under these faults" };
  if (result.kind === "stopped") return { kind: "failed", id, message: result.detail };
  const { run } = result;
  const undisturbed = chosen.length === 0 ? result : replay(setting, noFaults, {});
  if (undisturbed.kind !== "run")
    return { kind: "failed", id, message: "the program fails in evaluation without faults" };
  const [first, ...others] = run.witnesses;
  const told = faultsOf(run.schedule, setting.budget.nodes);
  if (first !== undefined) {
    const verdict: Verdict = {
      kind: "violated",
      ...commonOf(setting),
      failureFree: undisturbed.run.execution,
      counterexample: { schedule: run.schedule, execution: run.execution, witnesses: [first, ...others] },
      smallest: false,
    };
    return { ...shown(id, program, files, verdict, diagnostics), outcome: "violated", faults: told };
  }
  const { specification } = setting;
  const runs = new TracedRuns(run.execution, memoryOf(program, rolesOf(specification)));
  const attackedRun = runs.of(run.schedule);
  const failureFree = runs.of(noFaults);
  if (attackedRun === undefined || failureFree === undefined)
    return { kind: "failed", id, message: "the run cannot be repeated" };
  const body = survivalBody({ program, specification, run: attackedRun, failureFree, warnings: result.warnings });
  return { kind: "shown", id, ...body, outcome: "survives", faults: told };
}

/** What a report of a run that nobody searched for says of the search. */
function commonOf({
  budget,
  specification,
}: Setting): Omit<
  Extract<Verdict, { kind: "violated" }>,
  "kind" | "failureFree" | "counterexample" | "smallest" | "minimal" | "error"
> {
  const times = { run: 0, rerun: 0, build: 0, encode: 0, solve: 0, total: 0 };
  const none = { possibleTuples: 0, graphNodes: 0, coneNodes: 0, variables: 0, clauses: 0, solverCalls: 0 };
  const statistics = { executions: 1, space: 1n, ...none, times };
  return { budget, specification, strategy: "lineage", method: "failure-free", statistics, warnings: [] };
}
