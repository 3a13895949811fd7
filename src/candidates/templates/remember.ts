import type { RelationId } from "../../program/program.js";
import { columnVariables, persistenceRule } from "../construction.js";
import type { Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { hasAggregateHead, isOwn, isProtocol, isTransient, persistenceOf, rulesOfLoss } from "../situation.js";

/**
 * `r(X)@next :- r(X);` for a relation that lasts one instant, a trigger or an arrival that is used once, or that is carried until
 * something happens. Where the relation triggers a message, the sender keeps sending it, and the edit is a retry.
 */
export function remember(situation: Situation): readonly Edit[] {
  const edits = new Map<RelationId, Edit>();
  for (const at of rulesOfLoss(situation)) {
    for (const relation of relationsAt(at)) {
      if (edits.has(relation)) continue;
      const edit = remembering(situation, relation, at);
      if (edit !== undefined) edits.set(relation, edit);
    }
  }
  return [...edits.values()];
}

/** What the rule reads, then what it derives. */
function relationsAt({ rule }: RuleAt): readonly RelationId[] {
  const read = rule.body.flatMap((literal) => (literal.kind === "positive" ? [literal.relation] : []));
  return [...read, rule.head.relation];
}

function remembering(situation: Situation, id: RelationId, near: RuleAt): Edit | undefined {
  const { subject } = situation;
  const { program } = subject;
  const relation = program.relations[id];
  if (relation === undefined || !relation.defined || !isOwn(situation, id)) return undefined;
  const persistence = persistenceOf(subject, id);
  if (persistence === "other" || hasAggregateHead(program, id) || !isTransient(situation, id)) return undefined;
  const rule = persistenceRule(relation.name, columnVariables(subject, relation));
  const sends = program.rules.find(
    ({ timing, body }) => timing === "async" && body.some((l) => l.kind === "positive" && l.relation === id),
  );
  const message = sends === undefined ? undefined : program.relations[sends.head.relation]?.name;
  return {
    template: message !== undefined && isProtocol(situation, id) ? "retry" : "remember",
    title: titleOf(relation.name, message, persistence === "conditional"),
    changes: [{ kind: "add-rules", near: near.text, rules: [rule] }],
    delay: 0,
  };
}

function titleOf(name: string, message: string | undefined, until: boolean): string {
  if (message === undefined) return until ? `${name} is kept for good` : `${name} is remembered`;
  return `${name} is kept${until ? " for good" : ""}, so that ${message} is sent at every instant`;
}
