import {
  atom,
  literalText,
  negated,
  newRelations,
  persistenceRule,
  positive,
  ruleText,
  wildcard,
} from "../construction.js";
import type { Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { isOwn, rulesOfLoss, rulesOfPromise } from "../situation.js";

/**
 * An effect is done once for each key. For `performs(W, Job, N) :- deliver(W, _, Job, N);` and the key W, Job:
 *
 *     performs(W, Job, N) :- deliver(W, _, Job, N), notin performs_done(W, Job);
 *     performs_done(W, Job)@next :- performs(W, Job, _);
 *     performs_done(W, Job)@next :- performs_done(W, Job);
 */
export function once(situation: Situation): readonly Edit[] {
  const seen = new Set<string>();
  return [...rulesOfPromise(situation), ...rulesOfLoss(situation)].flatMap((at) => {
    if (seen.has(at.text) || !isOwn(situation, at.rule.head.relation) || !readsMessage(at, situation)) return [];
    seen.add(at.text);
    const { args } = at.statement.head;
    // What only carries its own relation does nothing.
    if (at.rule.body.some((literal) => literal.kind !== "comparison" && literal.relation === at.rule.head.relation))
      return [];
    if (at.rule.timing === "async" || args.some((arg) => arg.kind !== "variable")) return [];
    const whole = args.map((_, i) => i);
    const keys = [...whole.slice(1).map((left) => whole.filter((i) => i !== left)), whole].filter(
      (key) => key.length > 1 || whole.length === 1,
    );
    return keys.map((key) => guarded(at, key, situation));
  });
}

/** Whether a rule reads a relation that messages carry. */
export function readsMessage({ rule }: RuleAt, { subject }: Situation): boolean {
  const { rules } = subject.program;
  return rule.body.some(
    (literal) =>
      literal.kind === "positive" &&
      rules.some(({ timing, head }) => timing === "async" && head.relation === literal.relation),
  );
}

function guarded(at: RuleAt, key: readonly number[], { subject }: Situation): Edit {
  const { name } = at.head;
  const { done } = newRelations(subject.program, { done: `${name}_done` });
  const { args } = at.statement.head;
  const columns = key.flatMap((i) => args[i] ?? []);
  const pattern = args.map((arg, i) => (key.includes(i) ? arg : wildcard));
  const names = columns.map((column) => (column.kind === "variable" ? column.name : "_"));
  return {
    template: "once",
    title: `${name} is done once for each ${names.join(", ")}`,
    changes: [
      { kind: "add-literals", rule: at.text, literals: [literalText(negated(atom(done, columns)))] },
      {
        kind: "add-rules",
        near: at.text,
        rules: [ruleText(atom(done, columns, "next"), positive(atom(name, pattern))), persistenceRule(done, columns)],
      },
    ],
    delay: 0,
  };
}
