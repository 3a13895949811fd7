import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { replacing } from "../../source/fixes.js";
import type { Program, Rule } from "../program.js";
import { allRules } from "../program.js";
import { equations, ruleTerms, termVariables } from "../terms.js";

/**
 * Warns of a variable that occurs only once in its rule: it matches any value, as `_` does, or is misspelt. Exempt are names
 * that start with `_`, and the sender of a message, which must be a variable.
 */
export function singleUseVariables(program: Program): readonly Diagnostic[] {
  return allRules(program).flatMap((rule) => {
    const bySide = new Set(comparedAlone(rule));
    return occurrences(rule).flatMap((count, variable) => {
      const name = rule.variables[variable] ?? "";
      const span = rule.variableSpans[variable];
      if (count !== 1 || name.startsWith("_") || isSender(rule, variable)) return [];
      const unused = bySide.has(variable);
      return [
        diagnostic("single-use-variable", {
          span,
          message: unused
            ? `\`${name}\` gets a value here that nothing uses`
            : `\`${name}\` occurs only once in this rule`,
          help: unused ? "remove the comparison, or use the variable" : "write `_` if any value will do",
          fix: unused || span === undefined ? undefined : replacing(span, "_", "Write `_`", "safe"),
        }),
      ];
    });
  });
}

function isSender({ timing, location }: Rule, variable: number): boolean {
  return timing === "async" && location.kind === "variable" && location.variable === variable;
}

function occurrences(rule: Rule): readonly number[] {
  const counts = rule.variables.map(() => 0);
  for (const variable of ruleTerms(rule).flatMap(termVariables)) counts[variable] = (counts[variable] ?? 0) + 1;
  return counts;
}

/** The variables that are one side of an equality. */
function comparedAlone(rule: Rule): readonly number[] {
  return equations(rule).flatMap(({ side }) => (side.kind === "variable" ? [side.variable] : []));
}
