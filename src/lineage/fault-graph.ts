import type { Annotation } from "../faults/annotation.js";
import { TRUE } from "../faults/annotation.js";
import type { Budget } from "../faults/budget.js";
import type { Environment } from "../faults/environment.js";
import { FaultyEnvironment } from "../faults/environment.js";
import type { InputLine } from "../faults/inputs.js";
import { FaultVariables } from "../faults/variables.js";
import { CrashChains } from "./crash-chains.js";
import { Graph } from "./graph.js";

interface World {
  readonly variables: FaultVariables;
  readonly environment: Environment;
}

/**
 * A graph over the fault variables of a budget, with the environment over its nodes. The budget can be replaced by another with the
 * same nodes; existing annotations keep their meaning.
 */
export class FaultGraph extends Graph {
  private readonly chains: CrashChains;
  private world: World;

  constructor(
    budget: Budget,
    private readonly lines: readonly InputLine[] = [],
  ) {
    const chains = new CrashChains();
    super(chains.fold);
    this.chains = chains;
    this.world = this.worldOf(budget);
  }

  /** The variables of the current budget. */
  get variables(): FaultVariables {
    return this.world.variables;
  }

  get environment(): Environment {
    return this.world.environment;
  }

  /** Replaces the budget by another with the same nodes. */
  setBudget(budget: Budget): void {
    this.world = this.worldOf(budget);
  }

  /** What leaves `from` for `to` at `sent` does not arrive one instant later. */
  lost(from: number, to: number, sent: number): Annotation {
    const arrival = this.environment.arrivals(from, to, sent).find(({ at }) => at === sent + 1);
    return arrival === undefined ? TRUE : arrival.when ^ 1;
  }

  /** `node` crashes at exactly `at`. */
  crashed(node: number, at: number): Annotation {
    return this.environment.crashed(node, at);
  }

  private worldOf(budget: Budget): World {
    const variables = new FaultVariables(budget, this.lines);
    const values = variables.values(
      (id) => this.input(id),
      (a, b) => this.and(a, b),
    );
    const down = (node: number, at: number): Annotation => {
      const annotation = values.down(node, at);
      if (annotation > TRUE) this.chains.declare(annotation, node, at);
      return annotation;
    };
    this.chains.setDown(down);
    const environment = new FaultyEnvironment(budget.nodes.length, this, { ...values, down });
    return { variables, environment };
  }
}
