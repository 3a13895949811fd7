import type { Omission } from "../faults/channel-faults.js";
import type { Fault } from "../faults/kinds.js";
import { compareFaults } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { FaultVariables } from "../faults/variables.js";
import type { SatLiteral, Solver } from "./solver.js";
import { Totalizer } from "./totalizer.js";

/** An instant at which "down" matters for a node, and its variable. */
export interface DownVariable {
  readonly at: number;
  readonly variable: number;
}

/** The `down(n, t)` of one node, by ascending t, and "n crashes", which each implies. */
export interface CrashVariables {
  readonly node: string;
  readonly crashes: number;
  readonly down: readonly DownVariable[];
}

export interface OmissionVariable {
  readonly fault: Omission;
  readonly variable: number;
}

/**
 * The fault variables that occur in the clauses, with what the budget says of them: a node that is down stays down, at
 * most C nodes crash, and a schedule has as many faults as it has omissions and crashed nodes.
 */
export class FaultLiterals {
  private readonly byNode = new Map<number, { node: string; crashes: number; down: DownVariable[] }>();
  private readonly ofOmission = new Map<number, OmissionVariable>();
  private readonly unchained = new Set<{ readonly crashes: number; readonly down: DownVariable[] }>();
  private fresh: SatLiteral[] = [];
  private readonly faults: Totalizer;
  private readonly crashed: Totalizer;

  constructor(
    private readonly variables: FaultVariables,
    private readonly solver: Solver,
  ) {
    this.faults = new Totalizer(solver);
    this.crashed = new Totalizer(solver);
  }

  /** The number of faults that a schedule over these variables can have. */
  get size(): number {
    return this.faults.size;
  }

  /** By node name. */
  get crashes(): readonly CrashVariables[] {
    return [...this.byNode].sort(([a], [b]) => a - b).map(([, ofNode]) => ofNode);
  }

  /** In canonical order. */
  get omissions(): readonly OmissionVariable[] {
    return [...this.ofOmission.values()].sort((a, b) => compareFaults(a.fault, b.fault));
  }

  /** Takes in a fault variable, by its number, and the solver's variable for it. */
  declare(id: number, variable: number): void {
    const { nodes } = this.variables.budget;
    const v = this.variables.variable(id);
    if (v.kind === "omit") {
      const fault: Omission = { kind: "omission", from: nodes[v.from] ?? "", to: nodes[v.to] ?? "", at: v.at };
      this.ofOmission.set(id, { fault, variable });
      this.fresh.push(variable);
      return;
    }
    let ofNode = this.byNode.get(v.node);
    if (ofNode === undefined) {
      ofNode = { node: nodes[v.node] ?? "", crashes: this.solver.newVariable(), down: [] };
      this.byNode.set(v.node, ofNode);
      this.crashed.add([ofNode.crashes]);
      this.fresh.push(ofNode.crashes);
    }
    ofNode.down.push({ at: v.at, variable });
    this.unchained.add(ofNode);
  }

  /** Counts what was declared since the last call, chains the instants of each node, and holds the crashes to the budget. */
  settle(): void {
    for (const { crashes, down } of this.unchained) {
      down.sort((a, b) => a.at - b.at);
      down.forEach(({ variable }, i) => {
        this.solver.addClause([-variable, down[i + 1]?.variable ?? crashes]);
      });
    }
    this.unchained.clear();
    this.faults.add(this.fresh);
    this.fresh = [];
    for (const literal of this.crashed.atMost(this.variables.budget.crashes)) this.solver.addClause([literal]);
  }

  /** The assumptions under which a schedule has at most k faults. */
  atMost(k: number): readonly SatLiteral[] {
    return this.faults.atMost(k);
  }

  /** Literals that are all true exactly if a schedule does at least this damage: these omissions, these crashes or earlier ones. */
  damage(schedule: Schedule): readonly SatLiteral[] {
    return schedule.flatMap((fault) => {
      const variable = fault.kind === "omission" ? this.omission(fault) : this.downAt(fault);
      return variable === undefined ? [] : [variable];
    });
  }

  private omission(fault: Omission): number | undefined {
    const { nodes } = this.variables.budget;
    const id = this.variables.omit(nodes.indexOf(fault.from), nodes.indexOf(fault.to), fault.at);
    return id === undefined ? undefined : this.ofOmission.get(id)?.variable;
  }

  private downAt(fault: Fault & { kind: "crash" }): number | undefined {
    const node = this.variables.budget.nodes.indexOf(fault.node);
    return this.byNode
      .get(node)
      ?.down.filter((d) => d.at <= fault.at)
      .at(-1)?.variable;
  }
}
