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
 * The schedules of a budget that are not ruled out yet: budget ∧ everything required ∧ nothing blocked. Fault
 * variables that nothing required mentions make no difference and stay false.
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

  /** `onCall` is told of every call of the solver before it blocks, with the bound on the faults. */
  constructor(
    graph: FaultGraph,
    private readonly solver: Solver,
    private readonly onCall: (atMost: number | undefined) => void = () => undefined,
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

  /** Graph nodes encoded so far. */
  get encodedNodes(): number {
    return this.encoder.nodes;
  }

  /** From now on only schedules under which some of these is true. */
  requireSome(annotations: readonly Annotation[]): void {
    if (annotations.includes(TRUE)) return;
    const possible = annotations.filter((annotation) => annotation !== FALSE);
    if (possible.length === 0) this.impossible = true;
    else this.solver.addClause(this.encoder.encode(possible));
    this.literals.settle();
  }

  /** Rules out every schedule that does at least this damage (`isAtLeast`). */
  block(damage: Schedule): void {
    this.fewestBlocked = Math.min(this.fewestBlocked, damage.length);
    for (const literals of this.literals.damage(damage)) {
      if (literals.length === 0) this.impossible = true;
      else this.solver.addClause(literals.map((l) => -l));
    }
  }

  /** Whether some schedule is left, of whatever size. */
  any(): boolean {
    return !this.impossible && this.solve([], undefined);
  }

  /** Whether some schedule with at least one of the faults that occur is left. */
  anyWithFault(): boolean {
    return !this.impossible && this.solve([this.someOf(this.literals.any)], undefined);
  }

  /**
   * A schedule with the fewest faults of those left, the first in canonical order (`canonicalSchedule`);
   * `undefined` if none is left, or none with at most `most` faults. Asks for no fault, one, two, …, and never again
   * for what an earlier call has ruled out.
   */
  smallest(most = Infinity): Schedule | undefined {
    if (!this.any()) return undefined;
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
  sparing(omissions: readonly Omission[]): readonly Omission[] | undefined {
    if (
      this.impossible ||
      !this.solve(
        this.literals.damage(omissions).flatMap((way) => way.map((l) => -l)),
        undefined,
      )
    )
      return undefined;
    return this.literals.omissions.filter((o) => this.solver.value(o.variable)).map((o) => o.fault);
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
    this.onCall(atMost);
    const variables = this.solver.variables;
    const satisfiable = this.solver.solve(assumptions);
    if (satisfiable) this.modelled = variables;
    return satisfiable;
  }
}
