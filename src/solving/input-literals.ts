import type { FaultVariable } from "../faults/fault-variable.js";
import type { InputLine, Inputs } from "../faults/inputs.js";
import type { Chooser } from "./chooser.js";
import type { Clauses, SatLiteral } from "./solver.js";
import { Totalizer } from "./totalizer.js";

type InputVariable = Extract<FaultVariable, { readonly kind: "input" }>;

/** The encoding of inputs: "this alternative, if no earlier one". Every assignment is a choice of inputs, so no clauses are needed. */
export class InputLiterals {
  /** By line, then alternative. */
  private readonly literals = new Map<number, Map<number, number>>();

  constructor(
    private readonly lines: readonly InputLine[],
    private readonly solver: Clauses,
  ) {}

  declare(v: InputVariable, variable: number): void {
    let line = this.literals.get(v.line);
    if (line === undefined) {
      line = new Map();
      this.literals.set(v.line, line);
    }
    line.set(v.alternative, variable);
  }

  /** The inputs of a model. */
  read(isTrue: (literal: SatLiteral) => boolean): Inputs {
    return this.lines.map(({ kind, alternatives }, line) => {
      const known = this.literals.get(line);
      if (kind === "maybe") {
        const variable = known?.get(0);
        return variable !== undefined && isTrue(variable) ? 0 : undefined;
      }
      for (let i = 0; i < alternatives - 1; i++) {
        const variable = known?.get(i);
        // Without a variable the choice has no effect.
        if (variable === undefined || isTrue(variable)) return i;
      }
      return alternatives - 1;
    });
  }

  /** Chooses and fixes the first inputs that some model has. Lines without a variable have their default. */
  choose(chooser: Chooser): Inputs {
    const maybes = this.lines.flatMap(({ kind }, line) => {
      const variable = kind === "maybe" ? this.literals.get(line)?.get(0) : undefined;
      return variable === undefined ? [] : [variable];
    });
    const present = new Totalizer(this.solver);
    present.add(maybes);
    for (let k = 0; k < maybes.length; k++) {
      const few = present.atMost(k);
      if (!chooser.allows(...few)) continue;
      chooser.fix(...few);
      break;
    }
    return this.lines.map(({ kind, alternatives }, line) => {
      const known = this.literals.get(line);
      if (kind === "maybe") {
        const variable = known?.get(0);
        if (variable === undefined) return undefined;
        const absent = chooser.allows(-variable);
        chooser.fix(absent ? -variable : variable);
        return absent ? undefined : 0;
      }
      for (let i = 0; i < alternatives - 1; i++) {
        const variable = known?.get(i);
        // Without a variable the choice has no effect.
        if (variable === undefined || chooser.allows(variable)) {
          if (variable !== undefined) chooser.fix(variable);
          return i;
        }
        chooser.fix(-variable);
      }
      return alternatives - 1;
    });
  }
}
