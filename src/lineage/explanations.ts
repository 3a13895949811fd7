import type { EvaluationError, Execution } from "../execution/execution.js";
import { headPattern, noBinding } from "../execution/matching.js";
import { obligationsOf } from "../execution/obligations.js";
import type { PartialMatch } from "../execution/partial-matches.js";
import { enumerateMatches } from "../execution/partial-matches.js";
import { isFailure } from "../execution/values.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import { comparesWithFailureFree, demandsOf } from "../program/demands.js";
import type { RelationId } from "../program/program.js";
import { canFail, hasSum } from "../program/rule-shape.js";
import type { Specification } from "../program/specification.js";
import type { FaultGraph } from "./fault-graph.js";
import { Grounds } from "./grounds.js";
import { RunFaults } from "./run-faults.js";
import type { RunView } from "./run-view.js";

/**
 * Why a run came out as it did: a formula Φ over the fault variables that the run's own schedule satisfies, and that gives every
 * schedule that satisfies it the same outcome: it is correct, or its evaluation fails (the forward step of lineage-driven fault
 * injection, SIGMOD 2015, section 4; made sound for negation and aggregation).
 */
export class Explainer {
  private readonly faults: RunFaults;
  private readonly grounds: Grounds;

  constructor(
    private readonly view: RunView,
    private readonly execution: Execution,
    private readonly graph: FaultGraph,
  ) {
    this.faults = new RunFaults(view, execution, graph);
    this.grounds = new Grounds(view, graph, this.faults);
  }

  /** Φ of a correct run, for the whole specification; `failureFree` is the run without faults of the same inputs, if it does not fail. */
  correctness(specification: Specification, failureFree: Execution | undefined): Annotation {
    const { eot } = this.execution;
    const { graph, view } = this;
    let phi = this.steadyArithmetic();
    // What the failure-free run of other inputs promises is another matter.
    if (comparesWithFailureFree(specification)) phi = graph.and(phi, this.faults.sameInputs());
    const nothingElse = (relation: RelationId, instant: number): void => {
      const any = (view.program.relations[relation]?.columnTypes ?? []).map(() => undefined);
      phi = graph.and(phi, this.grounds.complete({ relation, instant, pattern: any }));
    };
    // Nothing of what is excluded is there, at any instant; nothing else is promised …
    for (const demand of demandsOf(specification)) {
      if (demand.kind === "implied") nothingElse(demand.antecedent, eot);
      if (demand.kind === "excluded") for (let t = 1; t <= eot; t++) nothingElse(demand.relation, t);
    }
    // … and what is, is there.
    for (const { relation, instant, args } of obligationsOf(specification, this.execution, () => failureFree)) {
      const row = args.map((v) => view.values.intern(v));
      phi = graph.and(phi, this.grounds.present(relation, instant, row));
    }
    return phi;
  }

  /**
   * Φ of a run that ends in an error: its own schedule satisfies it, and under every schedule that does evaluation fails. For
   * arithmetic it says that what the failing binding matched is there and what it excludes is not; an overflow of a sum takes the whole
   * group; of too many tuples nothing better is known than the faults before them.
   */
  failure({ rule: id, instant }: EvaluationError): Annotation {
    const rule = id === undefined ? undefined : this.view.program.rules[id];
    if (rule === undefined) return this.sameFaults(instant);
    const { graph, view } = this;
    const any = noBinding(rule);
    let some: Annotation = FALSE;
    const fails = ({ atoms }: PartialMatch): void => {
      some = graph.or(some, this.grounds.standing(atoms));
    };
    enumerateMatches(rule, instant, any, view, {
      failing: fails,
      firing: (match) => {
        const head = headPattern(rule, match.binding, view.values);
        if (head.some((value) => value !== undefined && isFailure(value))) fails(match);
      },
    });
    if (this.faults.holdsHere(some)) return some;
    const closed = this.grounds.noNewBinding(rule, instant, any);
    return graph.and(closed, this.grounds.sameMembers(rule, instant, any));
  }

  /** What is sent before an instant arrives, if it is sent, where it does in this run, and the same nodes crash. */
  private sameFaults(before: number): Annotation {
    const { graph, faults, execution } = this;
    const { environment } = graph;
    const nodes = [...execution.nodes.keys()];
    const asked: Annotation[] = [];
    for (let at = 1; at <= execution.eot; at++) {
      for (const from of nodes) {
        asked.push(environment.crashed(from, at), environment.restarted(from, at));
        const presence = environment.presence(from, at, "derived");
        if (presence !== undefined) asked.push(presence.survives);
        if (at >= before) continue;
        for (const to of nodes) for (const { when } of environment.arrivals(from, to, at)) asked.push(when);
      }
    }
    const answers = asked.map((annotation) => (faults.holdsHere(annotation) ? annotation : annotation ^ 1));
    return answers.reduce((all, answer) => graph.and(all, answer), faults.sameInputs());
  }

  /** No new arithmetic is evaluated, and no sum changes: under another schedule they might fail. */
  private steadyArithmetic(): Annotation {
    let steady: Annotation = TRUE;
    for (const rule of this.view.program.rules) {
      if (!canFail(rule)) continue;
      const last = rule.timing === "deductive" ? this.execution.eot : this.execution.eot - 1;
      for (let t = 1; t <= last; t++) {
        const any = noBinding(rule);
        steady = this.graph.and(steady, this.grounds.noNewBinding(rule, t, any));
        if (hasSum(rule)) steady = this.graph.and(steady, this.grounds.sameMembers(rule, t, any));
      }
    }
    return steady;
  }
}
