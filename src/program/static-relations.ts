import type { Diagnostics } from "../source/diagnostic.js";
import type { Atom, RuleStatement } from "../syntax/tree.js";
import type { Draft } from "./draft.js";
import { isAtomLiteral } from "./draft.js";

/*
 * Static relations: those of `//! everywhere` lines, and `eot`. They hold at every instant, have no location, and are defined by facts,
 * whose instant is ignored, and by deductive rules that read static relations alone.
 */

/** Whether a rule is evaluated once, before instant 1: it defines a static relation, or states facts. */
export function isSetupRule({ head }: RuleStatement, statics: ReadonlySet<string>): boolean {
  return head.time?.kind === "at" || statics.has(head.relation.text);
}

/** Whether a rule reads static relations alone. */
export function readsStaticsAlone({ body }: RuleStatement, statics: ReadonlySet<string>): boolean {
  return body.every((literal) => !isAtomLiteral(literal) || statics.has(literal.atom.relation.text));
}

/** Checks that static relations are not used like state: no instants, messages, memory or inputs. */
export function checkStatics(draft: Draft, diagnostics: Diagnostics): void {
  const { statics } = draft;
  const report = (atom: Atom, span: Atom["span"], what: string, help: string): void =>
    diagnostics.report("static-relation", {
      span,
      message: `\`${atom.relation.text}\` holds at every instant${what}`,
      help,
    });
  for (const rule of draft.rules) {
    const { head } = rule;
    if (statics.has(head.relation.text)) {
      if (head.time !== undefined)
        report(
          head,
          head.time.span,
          `, and this rule derives it for ${head.time.kind === "at" ? "one" : "a later one"}`,
          "remove the time, or take the relation out of the `//! everywhere` line",
        );
      for (const literal of rule.body) {
        if (!isAtomLiteral(literal) || statics.has(literal.atom.relation.text)) continue;
        const name = literal.atom.relation.text;
        report(
          head,
          literal.span,
          `, and this rule reads \`${name}\`, which does not`,
          `if \`${name}\` never changes, write \`//! everywhere ${name}\`; otherwise take \`${head.relation.text}\` out of the line`,
        );
      }
    }
    for (const literal of rule.body) {
      if (!isAtomLiteral(literal) || literal.atom.time?.kind !== "at" || !statics.has(literal.atom.relation.text))
        continue;
      report(literal.atom, literal.atom.time.span, ", and this asks for one", "remove the time");
    }
  }
  for (const { kind, facts } of draft.inputs)
    for (const { atom, span } of facts)
      if (statics.has(atom.relation.text))
        report(
          atom,
          span,
          `, whatever the inputs`,
          `take it out of the \`//! ${kind}\` line, or the relation out of the \`//! everywhere\` line`,
        );
}
