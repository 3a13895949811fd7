import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import { unusualBounds } from "../faults/bounds.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import { withoutImpossible } from "../lineage/impossible.js";
import { violations } from "../lineage/violation.js";
import type { Condition, NamedPromise } from "../program/specification.js";
import { dimacs } from "../solving/dimacs.js";
import type { Query } from "../solving/queries.js";
import { adequacy, buildWarnings, onlyUnderFaults, unreached } from "./adequacy.js";
import { alternate } from "./alternate.js";
import type { CollectOptions } from "./enumerate.js";
import { collectCounterexamples } from "./enumerate.js";
import { runFirstError } from "./first-error.js";
import { graphByRelation } from "./graph-by-relation.js";
import { SolversFirst } from "./interim-violation.js";
import { buildFor } from "./lineage-build.js";
import { judgeReaches } from "./reach.js";
import type { Outcome, Search, ViolatedOutcome } from "./search.js";
import type { AdequacyWarning } from "./verdict.js";

/**
 * The default strategy: build the lineage over all schedules of the budget, form the annotations of its violations, and let a SAT solver
 * find the first schedule that makes one true. Exact, so the failure-free run and one run of that schedule decide. If the lineage is
 * too large to build, alternation takes over.
 */
export function lineageDriven(search: Search, using: Query = search.query): Outcome | Stopped {
  return byLineage(search, (all, bad) => ({
    warnings: buildWarnings(search.setting.program, all),
    ifHolds: () => {
      const reach = judgeReaches(search, all);
      return {
        warnings: [...adequacy(search, all, bad, using), ...unreached(reach)],
        reach,
        onlyUnderFaults: onlyUnderFaults(search, all),
      };
    },
    ofPromise: (condition) => violations(condition, search.failureFree, all),
    using,
  }));
}

/** The same verdict without warnings, for further questions of a check that has them already. */
export function verdictAlone(search: Search, using: Query = search.query): Outcome | Stopped {
  return byLineage(search, () => ({ using }));
}

/** `optionsFor`: of a decision, once the lineage is built and the annotations of its violations are known. */
export function byLineage(
  search: Search,
  optionsFor: (all: AllSchedules, bad: readonly Annotation[]) => LineageOptions,
): Outcome | Stopped {
  const all = buildFor(search, false);
  if (all.kind === "stopped") return all;
  if (all.kind === "too-large") {
    search.givenUp = { detail: all.detail, ...(all.at === undefined ? {} : { at: all.at }) };
    return alternate(search);
  }
  const bad = violations(search.setting.specification, search.failureFree, all);
  return decideWithLineage(search, all, bad, optionsFor(all, bad));
}

export interface LineageOptions {
  /** Warnings that follow from the lineage, whatever the verdict. */
  readonly warnings?: readonly AdequacyWarning[];
  /** Warnings and findings of a `holds`. */
  readonly ifHolds?: () => Omit<Extract<Outcome, { kind: "holds" }>, "kind" | "method">;
  readonly using?: Query;
  /** The annotations of the breaches of one condition of the specification; needed where all minimal counterexamples are asked for. */
  readonly ofPromise?: (condition: Condition) => readonly Annotation[];
}

/**
 * Decides by a lineage: the schedules under which one of the annotations `bad` is true are counterexamples. Then a separate query finds
 * the first schedule under which evaluation fails, so that neither hides the other. Precondition: no annotation of `bad` is true under
 * a schedule under which evaluation fails.
 */
export function decideWithLineage(
  search: Search,
  all: AllSchedules,
  bad: readonly Annotation[],
  { warnings = [], ifHolds, using = search.query, ofPromise }: LineageOptions = {},
): Outcome | Stopped {
  const { graph } = all;
  search.measures.possibleTuples = all.tuples;
  search.measures.graphNodes = graph.size;
  search.graphByRelation = graphByRelation(search, all);
  search.options.onDimacs?.(questionOf(search, all, bad));
  const { specification } = search.setting;
  const found =
    search.options.all && specification.kind === "promises" && ofPromise !== undefined
      ? ofEachPromise(search, graph, { bad, asked: specification.asked, ofPromise }, warnings, using)
      : counterexamples(search, graph, bad, warnings, using, { all: search.options.all });
  if (isStopped(found)) return found;
  const unfinished = runFirstError(search, all, using);
  if (found !== undefined) return found;
  if (unfinished !== undefined) return unfinished;
  // With an error the outcome is the error.
  const more = search.error === undefined ? ifHolds?.() : undefined;
  return { kind: "holds", method: "lineage", ...(more ?? { warnings: [] }) };
}

/** The question in DIMACS CNF: does some schedule violate, or make the evaluation fail? */
export function questionOf(search: Search, { graph, failing }: AllSchedules, bad: readonly Annotation[]): string {
  const targets = [...bad, failing].filter((annotation) => annotation !== FALSE);
  return dimacs(graph, targets, titleOf(search));
}

/** The first counterexample, then those that are minimal for each promise. */
function ofEachPromise(
  search: Search,
  graph: FaultGraph,
  { bad, asked, ofPromise }: Broken,
  warnings: readonly AdequacyWarning[],
  using: Query,
): ViolatedOutcome | undefined | Stopped {
  let found = counterexamples(search, graph, bad, warnings, using, { all: false });
  if (found === undefined || isStopped(found)) return found;
  for (const { name, condition } of asked) {
    const more = counterexamples(search, graph, ofPromise(condition), warnings, using, {
      all: true,
      earlier: found.counterexamples,
      promise: name,
    });
    if (isStopped(more)) return more;
    found = more ?? found;
  }
  return found;
}

/** What breaks a specification of several promises, and each of them. */
interface Broken {
  readonly bad: readonly Annotation[];
  readonly asked: readonly NamedPromise[];
  readonly ofPromise: NonNullable<LineageOptions["ofPromise"]>;
}

function counterexamples(
  search: Search,
  graph: FaultGraph,
  bad: readonly Annotation[],
  warnings: readonly AdequacyWarning[],
  using: Query,
  options: CollectOptions,
): ViolatedOutcome | undefined | Stopped {
  if (bad.every((annotation) => annotation === FALSE)) return undefined;
  search.announce({ kind: "encoding", known: search.known, nodes: graph.size });
  const asked = search.timed("encode", () => withoutImpossible(graph, bad));
  const queryStart = search.watchdog.now();
  return using(graph, search.onCall, (hypotheses) => {
    // Starting the solver can take longer than the query, so it counts as solving.
    search.spent("solve", queryStart);
    search.timed("encode", () => hypotheses.requireSome(asked));
    search.question = () => {
      const { encodedNodes: coneNodes, calls: solverCalls, size } = hypotheses;
      return { coneNodes, solverCalls, ...size };
    };
    search.interim = new SolversFirst(search, hypotheses, graph, bad);
    const found = collectCounterexamples(search, hypotheses, "lineage", warnings, options);
    Object.assign(search.measures, search.question());
    search.question = undefined;
    return found;
  });
}

function titleOf(search: Search): readonly string[] {
  const { budget } = search.setting;
  const { nodes, eot, eff, crashes } = budget;
  const others = unusualBounds(budget).map(([key, value]) => ` ${key} ${value}`);
  return [
    "satisfiable if and only if some fault schedule of the budget violates the specification",
    `nodes ${nodes.join(",")} eot ${eot} eff ${eff} crashes ${crashes}${others.join("")}`,
  ];
}
