import type { CheckExpectation, CheckFilesOptions, Diagnostic, FilesChecked, FilesSurvived, Program } from "ldfi";
import {
  checkFiles,
  expectationsIn,
  faultInWords,
  formatFault,
  lint,
  load,
  memoryFiles,
  replayFiles,
  reportMarkup,
} from "ldfi";
import { bounds } from "./bounds.js";
import type { Budget, CheckLine, Files, Problem, RelationInfo, Reply, Request } from "./protocol.js";

/*
 * Answers the requests of the page with the library's check, run and lint. It imports the package like any other user of
 * the library, and uses no browser API.
 */

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
  const lines = expectationsIn(files.main, memoryFiles(files.texts)).cases.map(({ expectation }) => expectation);
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
  const numbers = bounds.flatMap(({ key }) => {
    const value = line[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  const words = numbers.map(([key, value]) => `${key} ${value === Infinity ? "any" : value}`).join(", ");
  const folder = main.includes("/") ? main.slice(0, main.lastIndexOf("/") + 1) : "";
  return {
    title: line.name === undefined ? words : `${line.name} (${words})`,
    expect: line.expect,
    budget: Object.fromEntries(numbers.map(([key, value]) => [key, value === Infinity ? null : value])),
    besides: line.with.map((path) => folder + path),
  };
}

function checked({ id, files, budget }: Extract<Request, { kind: "check" }>, progress: (text: string) => void): Reply {
  const answer = checkFiles(pathsOf(files), {
    ...optionsOf(budget),
    reader: memoryFiles(files.texts),
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
  if (answer.kind === "verdict" && answer.verdict.kind === "inconclusive" && answer.verdict.reason === "memory")
    return { kind: "failed", id, message: answer.verdict.detail, outOfMemory: true };
  return shown(id, answer);
}

/** One run under manually chosen faults: the report of a violation, or the run beside the one without faults. */
function attacked({ id, files, budget, faults }: Extract<Request, { kind: "attack" }>): Reply {
  const { eot } = optionsOf(budget);
  const answer = replayFiles(pathsOf(files), faults, { eot, reader: memoryFiles(files.texts) });
  // If the faults are invalid, the picture of the previous run is kept.
  if (answer.kind === "refused" && faults.length > 0) {
    const unharmed = replayFiles(pathsOf(files), [], { eot, reader: memoryFiles(files.texts) });
    const [first] = answer.diagnostics.filter(({ severity }) => severity === "error");
    if (unharmed.kind !== "refused" && first !== undefined) return { kind: "failed", id, message: first.message };
  }
  return answer.kind === "stopped" ? { kind: "failed", id, message: answer.detail } : shown(id, answer);
}

function optionsOf(budget: Budget): CheckFilesOptions {
  return Object.fromEntries(Object.entries(budget).map(([key, value]) => [key, value ?? Infinity]));
}

function shown(id: number, answer: FilesChecked | FilesSurvived): Reply {
  const { html, model } = reportMarkup(answer);
  const outcome = answer.kind === "verdict" ? answer.verdict.kind : answer.kind;
  return { kind: "shown", id, outcome, html, ...(model === undefined ? {} : { model }), faults: faultsOf(answer) };
}

function faultsOf(answer: FilesChecked | FilesSurvived): Extract<Reply, { kind: "shown" }>["faults"] {
  const run =
    answer.kind === "survives"
      ? answer.run
      : answer.kind === "verdict" && answer.verdict.kind === "violated"
        ? answer.verdict.counterexample.execution
        : undefined;
  if (run === undefined) return [];
  return run.schedule.map((fault) => ({
    fault,
    words: faultInWords(fault, run.nodes),
    notation: formatFault(fault),
  }));
}
