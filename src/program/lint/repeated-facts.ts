import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Fact, Program } from "../program.js";

/**
 * Warns of a fact that is stated twice: relations are sets, so two equal payments are one payment. Facts that one statement with ranges
 * repeats are not reported.
 *
 *     pay("a", 10)@1; pay("a", 10)@1;      one tuple, and a sum over it is 10
 */
export function repeatedFacts(program: Program): readonly Diagnostic[] {
  const statements = new Map<string, number>();
  const place = ({ span }: Fact): string => `${program.files.indexOf(span.file)} ${span.start}`;
  for (const fact of program.facts) statements.set(place(fact), (statements.get(place(fact)) ?? 0) + 1);
  const first = new Map<string, Fact>();
  return program.facts.flatMap((fact): readonly Diagnostic[] => {
    if (statements.get(place(fact)) !== 1) return [];
    const key = JSON.stringify([fact.relation, fact.args, fact.instant]);
    const before = first.get(key);
    if (before === undefined) first.set(key, fact);
    if (before === undefined || place(before) === place(fact)) return [];
    return [
      diagnostic("repeated-fact", {
        span: fact.span,
        message: "this fact is stated twice, but is only one tuple: relations are sets",
        related: [{ span: before.span, message: "stated here" }],
        help: "remove one; if two tuples are meant, distinguish them by another column, such as a number",
      }),
    ];
  });
}
