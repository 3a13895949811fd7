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
import { RunFaults } from "./run-faults.js";
import type { RunView } from "./run-view.js";
import { SufficientConditions } from "./sufficient-conditions.js";

/**
 * The explanation of one run: a formula Φ over the fault variables such that the run's own scenario satisfies Φ, and every scenario
 * that satisfies Φ has the same outcome, correct or failed (the forward step of lineage-driven fault injection, SIGMOD 2015,
 * section 4, made sound for negation and aggregation). Φ may be stronger than necessary: alternation then takes more runs.
 */
export class Explainer {
  private readonly faults: RunFaults;
  private readonly conditions: SufficientConditions;

  constructor(
    private readonly view: RunView,
    private readonly execution: Execution,
    private readonly graph: FaultGraph,
  ) {
    this.faults = new RunFaults(view, execution, graph);
    this.conditions = new SufficientConditions(view, graph, this.faults);
  }

  /** Φ of all scenarios with the inputs of the run. */
  inputs(): Annotation {
    return this.faults.sameInputs();
  }

  /** Φ of a correct run. `failureFree`: the failure-free run with the same inputs. */
  correctness(specification: Specification, failureFree: Execution): Annotation {
    const { eot } = this.execution;
    const { graph, view } = this;
    let phi = this.steadyArithmetic();
    // The obligations come from the failure-free run with these inputs, so Φ must imply them.
    if (comparesWithFailureFree(specification)) phi = graph.and(phi, this.faults.sameInputs());
    const nothingElse = (relation: RelationId, instant: number): void => {
      const any = (view.program.relations[relation]?.columnTypes ?? []).map(() => undefined);
      phi = graph.and(phi, this.conditions.complete({ relation, instant, pattern: any }));
    };
    // No excluded tuple is present at any instant; no further tuple is promised …
    for (const demand of demandsOf(specification)) {
      if (demand.kind === "implied") nothingElse(demand.antecedent, eot);
      if (demand.kind === "excluded") for (let t = 1; t <= eot; t++) nothingElse(demand.relation, t);
    }
    // … and every promised tuple is present.
    for (const { relation, instant, args } of obligationsOf(specification, this.execution, () => failureFree)) {
      const row = args.map((v) => view.values.intern(v));
      phi = graph.and(phi, this.conditions.present(relation, instant, row));
    }
    return phi;
  }

  /**
   * Φ of a run that ends in an error: every scenario that satisfies it fails too. For arithmetic, Φ implies that the tuples matched by
   * the failing binding are present and those it excludes are missing; for the overflow of a sum, that the group is the same; for too
   * many tuples, that the faults before that instant are the same.
   */
  failure({ rule: id, instant }: EvaluationError): Annotation {
    const rule = id === undefined ? undefined : this.view.program.rules[id];
    if (rule === undefined) return this.sameFaults(instant);
    const { graph, view } = this;
    const any = noBinding(rule);
    let some: Annotation = FALSE;
    const fails = ({ atoms }: PartialMatch): void => {
      some = graph.or(some, this.conditions.standing(atoms));
    };
    enumerateMatches(rule, instant, any, view, {
      failing: fails,
      firing: (match) => {
        const head = headPattern(rule, match.binding, view.values);
        if (head.some((value) => value !== undefined && isFailure(value))) fails(match);
      },
    });
    if (this.faults.holdsHere(some)) return some;
    const closed = this.conditions.noNewBinding(rule, instant, any);
    return graph.and(closed, this.conditions.sameMembers(rule, instant, any));
  }

  /** Faults act as in this run: the same crashes, restarts and absences, and the same arrivals of what is sent before an instant. */
  private sameFaults(before: number): Annotation {
    const { graph, faults, execution } = this;
    const { environment } = graph;
    const nodes = [...execution.nodes.keys()];
    const relevant: Annotation[] = [];
    for (let at = 1; at <= execution.eot; at++) {
      for (const from of nodes) {
        relevant.push(environment.crashed(from, at), environment.restarted(from, at));
        const presence = environment.presence(from, at, "derived");
        if (presence !== undefined) relevant.push(presence.survives);
        if (at >= before) continue;
        for (const to of nodes) for (const { when } of environment.arrivals(from, to, at)) relevant.push(when);
      }
    }
    const answers = relevant.map((annotation) => (faults.holdsHere(annotation) ? annotation : annotation ^ 1));
    return answers.reduce((all, answer) => graph.and(all, answer), faults.sameInputs());
  }

  /** No new arithmetic is evaluated and no sum changes, since either could fail under another schedule. */
  private steadyArithmetic(): Annotation {
    let steady: Annotation = TRUE;
    for (const rule of this.view.program.rules) {
      if (!canFail(rule)) continue;
      const last = rule.timing === "deductive" ? this.execution.eot : this.execution.eot - 1;
      for (let t = 1; t <= last; t++) {
        const any = noBinding(rule);
        steady = this.graph.and(steady, this.conditions.noNewBinding(rule, t, any));
        if (hasSum(rule)) steady = this.graph.and(steady, this.conditions.sameMembers(rule, t, any));
      }
    }
    return steady;
  }
}
