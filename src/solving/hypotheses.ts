import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import { Unwinding } from "../execution/unwinding.js";
import type { Budget } from "../faults/budget.js";
import type { Omission } from "../faults/channel-faults.js";
import type { Inputs } from "../faults/inputs.js";
import type { Scenario } from "../faults/scenario.js";
import type { Schedule } from "../faults/schedule.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import type { Annotation } from "../lineage/graph.js";
import { FALSE, TRUE } from "../lineage/graph.js";
import { canonicalSchedule } from "./canonical.js";
import { ExternalSolver } from "./external-solver.js";
import { FaultLiterals } from "./fault-literals.js";
import type { SatLiteral, Solver } from "./solver.js";
import { Encoder } from "./tseitin.js";

/**
 * Called before each call of the solver, and again between the parts of one that takes long, then with its conflicts so far; with the bound
 * on the number of faults and `Hypotheses.ruledOut`. A result ends the query.
 */
export type OnCall = (atMost: number | undefined, ruledOut: number, conflicts?: number) => Stopped | undefined;

/**
 * The schedules of a budget that are still possible: the budget, everything required, and nothing blocked, as clauses of a solver. Fault
 * variables that no required annotation mentions have no effect and are false:
 *
 *     requireSome([bad])     the schedules that violate
 *     smallest()             {omit(a,b,1)}, with the fewest faults, the first of them in the order of schedules
 *     block({omit(a,b,1)})   without those that do at least as much
 *
 * When the solver's memory is exhausted, or `onCall` returns a result, all queries from then on return it.
 */
export class Hypotheses {
  /** Calls of the solver. */
  calls = 0;
  readonly literals: FaultLiterals;
  private readonly encoder: Encoder;
  private impossible = false;
  /** The number of variables of the last model. */
  private modelled = 0;
  private chosenInputs: Inputs = [];
  /** No schedule with at most this many faults is possible; −1 initially. */
  private exhausted = -1;
  /** The smallest number of faults of a blocked schedule. */
  private fewestBlocked = Infinity;
  private end: Stopped | undefined;
  /** Assumed by every call of the solver. */
  private restriction: readonly SatLiteral[] = [];
  private found: Scenario | undefined;

  constructor(
    graph: FaultGraph,
    private readonly solver: Solver,
    private readonly onCall: OnCall = () => undefined,
  ) {
    this.literals = new FaultLiterals(graph.variables, solver);
    this.encoder = new Encoder(graph, solver, (id, variable) => this.literals.declare(id, variable));
  }

  /** No schedule with at most this many faults was possible, not counting `block`; −1 initially. */
  get ruledOut(): number {
    return Math.min(this.exhausted, this.fewestBlocked - 1);
  }

  /** The inputs of the last schedule returned by `smallest`: the first in their order. */
  get inputs(): Inputs {
    return this.chosenInputs;
  }

  /** A possible scenario, whatever its number of faults, once `smallest` has found that there is one. */
  get some(): Scenario | undefined {
    return this.found;
  }

  /** The result of all further queries, once the solver is exhausted or stopped. */
  get ended(): Stopped | undefined {
    return this.end;
  }

  /** The variables and clauses of the solver, including those of other queries that share it. */
  get size(): { readonly variables: number; readonly clauses: number } {
    const { variables, clauses } = this.solver;
    return { variables, clauses };
  }

  /** Graph nodes encoded so far. */
  get encodedNodes(): number {
    return this.encoder.nodes;
  }

  /** Requires that some of these annotations is true. */
  requireSome(annotations: readonly Annotation[]): void {
    if (annotations.includes(TRUE)) return;
    const possible = annotations.filter((annotation) => annotation !== FALSE);
    this.guarded(() => {
      if (possible.length === 0) this.impossible = true;
      else this.solver.addClause(this.encoder.encode(possible));
      this.literals.settle();
    });
  }

  /**
   * Limits further queries, up to the next restriction, to a budget that differs in numbers of faults alone, none of them larger.
   * Precondition: nothing is required afterwards.
   */
  restrict(smaller: Budget): void {
    this.exhausted = -1;
    this.guarded(() => {
      this.restriction = [this.allOf(this.literals.within(smaller))];
    });
  }

  /** Excludes every schedule that does at least as much as this one (`isAtLeast`). */
  block(schedule: Schedule): void {
    this.fewestBlocked = Math.min(this.fewestBlocked, schedule.length);
    this.guarded(() => {
      for (const literals of this.literals.coverings(schedule)) {
        if (literals.length === 0) this.impossible = true;
        else this.solver.addClause(literals.map((l) => -l));
      }
    });
  }

  /** Whether some schedule is possible. */
  any(): boolean | Stopped {
    return this.guarded(() => this.isSomeLeft());
  }

  /** Whether some schedule with at least one of the declared faults is possible. */
  anyWithFault(): boolean | Stopped {
    return this.guarded(() => !this.impossible && this.solve([this.someOf(this.literals.any)], undefined));
  }

  /**
   * The first possible schedule in the order of schedules (`canonicalSchedule`), which has the fewest faults; `undefined` if none is
   * possible, or none with at most `most` faults. Calls the solver for no fault, one, two, …, starting after what earlier calls ruled out.
   */
  smallest(most = Infinity): Schedule | undefined | Stopped {
    return this.guarded(() => this.first(most));
  }

  private first(most: number): Schedule | undefined {
    if (!this.isSomeLeft()) return undefined;
    this.found = this.literals.read((literal) => this.isTrue(literal));
    for (let k = this.exhausted + 1; k <= Math.min(most, this.literals.size); k++) {
      const bound = this.literals.atMost(k);
      if (this.solve(bound, k)) {
        const found = this.canonical(bound, k);
        this.chosenInputs = found.inputs;
        return found.schedule;
      }
      this.exhausted = k;
    }
    // A model has at most `size` faults.
    if (most >= this.literals.size) throw this.contradiction();
    return undefined;
  }

  /** A solver of our own that contradicts itself is a bug; of another one it is an answer that cannot be used. */
  private contradiction(cause?: unknown): unknown {
    if (this.solver instanceof ExternalSolver)
      return new Unwinding(stopped("solver", "the solver's answer cannot be used: it contradicts an earlier one"));
    return cause ?? new Error("the solver contradicts itself: a model of no number of faults");
  }

  private canonical(bound: readonly SatLiteral[], k: number): ReturnType<typeof canonicalSchedule> {
    try {
      return canonicalSchedule(
        {
          solve: (assumptions) => this.solve([...bound, ...assumptions], k),
          isTrue: (literal) => this.isTrue(literal),
          someOf: (literals) => this.someOf(literals),
          allOf: (literals) => this.allOf(literals),
        },
        this.literals,
        k,
      );
    } catch (thrown) {
      throw thrown instanceof Unwinding ? thrown : this.contradiction(thrown);
    }
  }

  /** The omissions of some possible schedule without these; `undefined` if every possible schedule has one of these. */
  avoiding(omissions: readonly Omission[]): readonly Omission[] | undefined | Stopped {
    return this.guarded(() => this.without(omissions));
  }

  private without(omissions: readonly Omission[]): readonly Omission[] | undefined {
    const none = this.literals.coverings(omissions).flatMap((way) => way.map((l) => -l));
    if (this.impossible || !this.solve(none, undefined)) return undefined;
    return this.literals.omissions.filter((o) => this.solver.value(o.variable)).map((o) => o.fault);
  }

  private isSomeLeft(): boolean {
    return !this.impossible && this.solve([], undefined);
  }

  private someOf(literals: readonly SatLiteral[]): SatLiteral {
    const some = this.solver.newVariable();
    this.solver.keep(some);
    this.solver.addClause([-some, ...literals]);
    return some;
  }

  private allOf(literals: readonly SatLiteral[]): SatLiteral {
    const all = this.solver.newVariable();
    this.solver.keep(all);
    for (const literal of literals) this.solver.addClause([-all, literal]);
    return all;
  }

  /** Whether a literal is true in the last model; literals of variables newer than the model are not. */
  private isTrue(literal: SatLiteral): boolean {
    const variable = Math.abs(literal);
    return variable <= this.modelled && this.solver.value(variable) === literal > 0;
  }

  private solve(assumptions: readonly SatLiteral[], atMost: number | undefined): boolean {
    this.calls++;
    const poll = (conflicts?: number): void => {
      const end = this.onCall(atMost, this.ruledOut, conflicts);
      if (end !== undefined) throw new Unwinding(end);
    };
    poll();
    const variables = this.solver.variables;
    const satisfiable = this.solver.solve([...this.restriction, ...assumptions], poll);
    if (satisfiable) this.modelled = variables;
    return satisfiable;
  }

  /** Runs work that needs the solver; catches its unwinding, and returns the reason now and from now on. */
  private guarded<T>(work: () => T): T | Stopped {
    if (this.end !== undefined) return this.end;
    try {
      return work();
    } catch (thrown) {
      if (!(thrown instanceof Unwinding) || thrown.ending.kind !== "stopped") throw thrown;
      this.end = thrown.ending;
      return thrown.ending;
    }
  }
}
