import type { RuleStatement } from "../syntax/tree.js";
import type { Draft } from "./draft.js";
import { lowerFacts, lowerRules } from "./lowering.js";
import type { Program, Relation, RelationId, Rule, RuleId, Setup, Stratum } from "./program.js";
import type { RelationTable } from "./relations.js";
import { isSetupRule, readsStaticsAlone } from "./static-relations.js";

/** The rules of a draft, and those that are evaluated once, before instant 1. */
export interface RuleLayout {
  readonly rules: readonly RuleStatement[];
  /** Those that define static relations. */
  readonly defining: readonly RuleStatement[];
  /** Those that state facts. */
  readonly stating: readonly RuleStatement[];
}

export function layoutOf({ rules, statics }: Draft): RuleLayout {
  const setup = rules.filter((rule) => isSetupRule(rule, statics));
  return {
    rules: rules.filter((rule) => !isSetupRule(rule, statics)),
    defining: setup.filter(({ head }) => head.time === undefined),
    stating: setup.filter(({ head }) => head.time !== undefined),
  };
}

/** The strata of the rules that are evaluated at every instant, with their own numbers. `strata` has the numbers of the draft. */
export function strataOf(
  strata: readonly Stratum[],
  draft: Draft,
  chosen: readonly RuleStatement[],
): readonly Stratum[] {
  const ids = new Map(chosen.map((rule, i) => [rule, i as RuleId]));
  return strata.map((stratum) => ({
    ...stratum,
    rules: stratum.rules.flatMap((id) => {
      const rule = draft.rules[id];
      return rule === undefined ? [] : (ids.get(rule) ?? []);
    }),
  }));
}

/**
 * What is evaluated once, before instant 1, as a program of one instant: static relations, and beside them a relation for each rule that
 * states facts, and for each rule of the program that reads static relations alone, whose heads stand at nodes.
 */
export function setupOf(
  draft: Draft,
  layout: RuleLayout,
  strata: readonly Stratum[],
  table: RelationTable,
  program: Omit<Program, "setup">,
): Setup | undefined {
  const { statics } = draft;
  const located = program.rules.filter((rule, i) => {
    const statement = layout.rules[i];
    return statement !== undefined && readsStaticsAlone(statement, statics) && rule.head.args[0]?.kind !== "aggregate";
  });
  if (layout.defining.length + layout.stating.length + located.length === 0 && table.eot === undefined)
    return undefined;
  const defining = lowerRules(layout.defining, table, statics);
  const stating = lowerRules(layout.stating, table, statics);
  const relations: Relation[] = [...program.relations];
  const rules: Rule[] = [...defining];
  const further: Stratum[] = [];
  const add = (rule: Rule, args: Rule["head"]["args"]): RelationId => {
    const relation = relations.length as RelationId;
    const id = rules.length as RuleId;
    relations.push({
      id: relation,
      name: program.relations[rule.head.relation]?.name ?? "?",
      arity: args.length,
      columnTypes: [],
      defined: true,
    });
    rules.push({ ...rule, id, timing: "deductive", head: { ...rule.head, relation, args } });
    further.push({ relations: [relation], rules: [id], recursive: false });
    return relation;
  };
  const facts = stating.map((rule, i) => {
    const { time } = layout.stating[i]?.head ?? {};
    if (time?.kind !== "at") throw new Error("a rule without an instant states no facts");
    return { from: add(rule, rule.head.args), relation: rule.head.relation, instant: time.instant, span: rule.span };
  });
  const places = located.map((rule) => ({ from: add(rule, rule.head.args.slice(0, 1)), rule: rule.id }));
  return {
    program: {
      ...program,
      relations,
      rules,
      facts: lowerFacts(
        draft.facts.filter(({ atom }) => statics.has(atom.relation.text)),
        table,
      ).map((fact) => ({ ...fact, instant: 1 })),
      statics: [],
      strata: [...strataOf(strata, draft, layout.defining), ...further],
      inputs: [],
      promises: [],
      reaches: [],
      restart: undefined,
    },
    defining: defining.length,
    facts,
    places,
  };
}
