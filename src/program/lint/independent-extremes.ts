import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { AggregateTerm, Program, Rule } from "../program.js";
import { allRules } from "../program.js";

/**
 * Warns of two extremes in one head whose variables come from one atom: they are taken per column, and may come from different tuples.
 *
 *     best(S, max<T>, max<L>) :- log(S, T, L);        the highest term, and the longest log of whatever term
 *     best(S, max<T, L>)      :- log(S, T, L);        the longest log of the highest term
 */
export function independentExtremes(program: Program): readonly Diagnostic[] {
  return allRules(program).flatMap((rule) => {
    const extremes = rule.head.args.filter(
      (arg): arg is AggregateTerm => arg.kind === "aggregate" && (arg.function === "min" || arg.function === "max"),
    );
    const heads = extremes.filter(({ component = 0 }) => component === 0);
    for (const [i, second] of heads.entries()) {
      const first = heads
        .slice(0, i)
        .find((other) => other.function === second.function && fromOneAtom(rule, other, second));
      if (first === undefined) continue;
      const names = [...first.over, ...second.over].map((variable) => rule.variables[variable] ?? "_");
      return [
        diagnostic("independent-extremes", {
          span: second.span,
          message: `\`${names[0]}\` and \`${names.at(-1)}\` are separate extremes: they may come from different tuples`,
          help: `for the ${first.function === "max" ? "greatest" : "least"} tuple write \`${first.function}<${names.join(", ")}>\`, which fills the same columns; if separate extremes are intended, derive them in two rules`,
          related: [{ span: first.span, message: "the other" }],
        }),
      ];
    }
    return [];
  });
}

/** Whether some positive atom has variables of both. */
function fromOneAtom({ body }: Rule, a: AggregateTerm, b: AggregateTerm): boolean {
  return body.some((literal) => {
    if (literal.kind !== "positive") return false;
    const own = new Set(literal.args.flatMap((arg) => (arg.kind === "variable" ? [arg.variable] : [])));
    return a.over.some((v) => own.has(v)) && b.over.some((v) => own.has(v) && !a.over.includes(v));
  });
}
