import type { Program, RelationId, RuleId } from "../program/program.js";
import type { Span } from "../source/source.js";
import { formatValue } from "../source/strings.js";
import type { AdequacyWarning } from "./verdict.js";

/*
 * The subjects of a warning of adequacy, as texts that do not change when lines move: two checks of a program warn of the same thing if kind
 * and text agree.
 *
 *     the rule at ack.ded:12 never fires        rule-never-fires: `ack(B, X)@async :- log(B, X), up(B)`
 */
export function subjectsOf(warning: AdequacyWarning, program: Program): readonly string[] {
  return concernsOf(warning, program).map(({ subject }) => subject);
}

/** The places of those that a warning is about, by subject; those without one are left out. */
export function placesOf(warning: AdequacyWarning, program: Program): ReadonlyMap<string, Span> {
  return new Map(
    concernsOf(warning, program).flatMap(({ subject, span }) => (span === undefined ? [] : [[subject, span]])),
  );
}

interface Concern {
  readonly subject: string;
  readonly span: Span | undefined;
}

function concernsOf(warning: AdequacyWarning, program: Program): readonly Concern[] {
  const ofRelation = (id: RelationId): Concern => ({
    subject: program.relations[id]?.name ?? "?",
    span: program.rules.find(({ head }) => head.relation === id)?.span ?? program.relations[id]?.firstUse,
  });
  const ofRule = (id: RuleId): Concern => {
    const span = program.rules[id]?.span;
    return { subject: span === undefined ? "?" : textOf(span), span };
  };
  switch (warning.kind) {
    case "vacuous":
    case "vacuous-under-faults":
    case "out-of-reach": {
      const relation =
        warning.relation === undefined ? { subject: "every outcome", span: undefined } : ofRelation(warning.relation);
      if (warning.promise === undefined) return [relation];
      const line = program.promises.find(({ name }) => name === warning.promise);
      return [{ subject: `${warning.promise}: ${relation.subject}`, span: line?.span ?? relation.span }];
    }
    case "not-reached":
      return [{ subject: warning.reach.text, span: warning.reach.span }];
    case "relation-never-filled":
    case "unsettled":
      return warning.relations.map(ofRelation);
    case "nothing-to-lose":
      return [{ subject: "every fault", span: undefined }];
    case "kind-without-effect":
      return warning.faults.map((kind) => ({ subject: kind, span: undefined }));
    case "rule-never-fires":
      return warning.rules.map(ofRule);
    case "message-to-non-node": {
      const { subject, span } = ofRule(warning.rule);
      return [{ subject: `${warning.end} ${formatValue(warning.place)}: ${subject}`, span }];
    }
    default: {
      const never: never = warning;
      return never;
    }
  }
}

/** As written, except for the layout. */
function textOf({ file, start, end }: Span): string {
  return file.text.slice(start, end).replace(/\s+/g, " ");
}
