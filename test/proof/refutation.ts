import type { Step } from "../../src/proof/drat.js";
import type { Formula } from "../../src/proof/formula.js";

/** Whether some assignment satisfies every clause, by trying all. */
export function hasModel({ variables, clauses }: Formula): boolean {
  for (let bits = 0; bits < 1 << variables; bits++) {
    const holds = (literal: number): boolean => ((bits >> (Math.abs(literal) - 1)) & 1) === (literal > 0 ? 1 : 0);
    if (clauses.every((clause) => clause.some(holds))) return true;
  }
  return false;
}

/**
 * A refutation by case distinction: once both values of a variable are refuted under some decisions, the negation of these decisions is
 * added. It follows by unit propagation from the two clauses added for the cases.
 */
export function refutation({ variables, clauses }: Formula): readonly Step[] {
  const steps: Step[] = [];
  const refute = (decisions: readonly number[]): void => {
    const violated = clauses.some((clause) => clause.every((literal) => decisions.includes(-literal)));
    if (!violated) {
      const next = decisions.length + 1;
      if (next > variables) throw new Error("the formula has a model");
      refute([...decisions, next]);
      refute([...decisions, -next]);
    }
    steps.push({ kind: "add", clause: decisions.map((literal) => -literal) });
  };
  refute([]);
  return steps;
}
