import type { Stopped } from "../execution/stopped.js";
import { Unwinding } from "../execution/unwinding.js";
import type { Omission } from "../faults/channel-faults.js";
import type { Inputs } from "../faults/inputs.js";
import type { Schedule } from "../faults/schedule.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import type { Annotation } from "../lineage/graph.js";
import { FALSE, TRUE } from "../lineage/graph.js";
import { canonicalSchedule } from "./canonical.js";
import { FaultLiterals } from "./fault-literals.js";
import type { SatLiteral, Solver } from "./solver.js";
import { Encoder } from "./tseitin.js";

/**
 * Asked before each call of the solver, which blocks, with the bound on the faults and what is ruled out (`Hypotheses.ruledOut`): what it
 * gives ends the question.
 */
export type OnCall = (atMost: number | undefined, ruledOut: number) => Stopped | undefined;

/**
 * The schedules of a budget that are not ruled out yet: budget ∧ everything required ∧ nothing blocked. Fault
 * variables that nothing required mentions make no difference and stay false.
 *
 * Where the solver's memory ends, or `onCall` says so, there is no going on: that is the answer to the question at hand and to all after it.
 */
export class Hypotheses {
  /** Calls of the solver. */
  calls = 0;
  readonly literals: FaultLiterals;
  private readonly encoder: Encoder;
  private impossible = false;
  /** The variables that the last model knows. */
  private modelled = 0;
  private chosenInputs: Inputs = [];
  /** No schedule with at most this many faults is left; −1 while nothing is known. */
  private exhausted = -1;
  /** The fewest faults of a schedule that was blocked. */
  private fewestBlocked = Infinity;
  private end: Stopped | undefined;

  constructor(
    graph: FaultGraph,
    private readonly solver: Solver,
    private readonly onCall: OnCall = () => undefined,
  ) {
    this.literals = new FaultLiterals(graph.variables, solver);
    this.encoder = new Encoder(graph, solver, (id, variable) => this.literals.declare(id, variable));
  }

  /** No schedule with at most this many faults is or was left, those that were blocked included; −1 while nothing is known. */
  get ruledOut(): number {
    return Math.min(this.exhausted, this.fewestBlocked - 1);
  }

  /** The inputs under which the last schedule that `smallest` gave is one, the first in their order. */
  get inputs(): Inputs {
    return this.chosenInputs;
  }

  /** What every question is answered with from now on, if there is no going on. */
  get ended(): Stopped | undefined {
    return this.end;
  }

  /** What the solver has been told, by this and by what shares it. */
  get size(): { readonly variables: number; readonly clauses: number } {
    const { variables, clauses } = this.solver;
    return { variables, clauses };
  }

  /** Graph nodes encoded so far. */
  get encodedNodes(): number {
    return this.encoder.nodes;
  }

  /** From now on only schedules under which some of these is true. */
  requireSome(annotations: readonly Annotation[]): void {
    if (annotations.includes(TRUE)) return;
    const possible = annotations.filter((annotation) => annotation !== FALSE);
    this.guarded(() => {
      if (possible.length === 0) this.impossible = true;
      else this.solver.addClause(this.encoder.encode(possible));
      this.literals.settle();
    });
  }

  /** Rules out every schedule that does at least this damage (`isAtLeast`). */
  block(damage: Schedule): void {
    this.fewestBlocked = Math.min(this.fewestBlocked, damage.length);
    this.guarded(() => {
      for (const literals of this.literals.damage(damage)) {
        if (literals.length === 0) this.impossible = true;
        else this.solver.addClause(literals.map((l) => -l));
      }
    });
  }

  /** Whether some schedule is left, of whatever size. */
  any(): boolean | Stopped {
    return this.guarded(() => this.isSomeLeft());
  }

  /** Whether some schedule with at least one of the faults that occur is left. */
  anyWithFault(): boolean | Stopped {
    return this.guarded(() => !this.impossible && this.solve([this.someOf(this.literals.any)], undefined));
  }

  /**
   * A schedule with the fewest faults of those left, the first in canonical order (`canonicalSchedule`);
   * `undefined` if none is left, or none with at most `most` faults. Asks for no fault, one, two, …, and never again
   * for what an earlier call has ruled out.
   */
  smallest(most = Infinity): Schedule | undefined | Stopped {
    return this.guarded(() => this.first(most));
  }

  private first(most: number): Schedule | undefined {
    if (!this.isSomeLeft()) return undefined;
    for (let k = this.exhausted + 1; k <= Math.min(most, this.literals.size); k++) {
      const bound = this.literals.atMost(k);
      if (this.solve(bound, k)) {
        const found = canonicalSchedule(
          {
            solve: (assumptions) => this.solve([...bound, ...assumptions], k),
            isTrue: (literal) => this.isTrue(literal),
            someOf: (literals) => this.someOf(literals),
            allOf: (literals) => this.allOf(literals),
          },
          this.literals,
          k,
        );
        this.chosenInputs = found.inputs;
        return found.schedule;
      }
      this.exhausted = k;
    }
    return undefined;
  }

  /** The omissions of some schedule that is left and has none of these; `undefined` if every schedule left has one of them. */
  sparing(omissions: readonly Omission[]): readonly Omission[] | undefined | Stopped {
    return this.guarded(() => this.without(omissions));
  }

  private without(omissions: readonly Omission[]): readonly Omission[] | undefined {
    const none = this.literals.damage(omissions).flatMap((way) => way.map((l) => -l));
    if (this.impossible || !this.solve(none, undefined)) return undefined;
    return this.literals.omissions.filter((o) => this.solver.value(o.variable)).map((o) => o.fault);
  }

  private isSomeLeft(): boolean {
    return !this.impossible && this.solve([], undefined);
  }

  private someOf(literals: readonly SatLiteral[]): SatLiteral {
    const some = this.solver.newVariable();
    this.solver.addClause([-some, ...literals]);
    return some;
  }

  private allOf(literals: readonly SatLiteral[]): SatLiteral {
    const all = this.solver.newVariable();
    for (const literal of literals) this.solver.addClause([-all, literal]);
    return all;
  }

  /** In the last model; of a variable that is newer than the model, nothing is. */
  private isTrue(literal: SatLiteral): boolean {
    const variable = Math.abs(literal);
    return variable <= this.modelled && this.solver.value(variable) === literal > 0;
  }

  private solve(assumptions: readonly SatLiteral[], atMost: number | undefined): boolean {
    this.calls++;
    const end = this.onCall(atMost, this.ruledOut);
    if (end !== undefined) throw new Unwinding(end);
    const variables = this.solver.variables;
    const satisfiable = this.solver.solve(assumptions);
    if (satisfiable) this.modelled = variables;
    return satisfiable;
  }

  /** Does what needs the solver, unless there is no going on. */
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
