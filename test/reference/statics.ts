import type { Atom } from "../../src/syntax/tree.js";
import type { ReferenceFact } from "./facts.js";
import { firings } from "./heads.js";
import type { ReferenceProgram, ReferenceRule } from "./program.js";
import { solutions } from "./solutions.js";
import type { Problem, Tuple, Value } from "./values.js";
import { keyOf } from "./values.js";

/** What holds everywhere, and what rules state, for one EOT; computed once and before everything else. */
export interface Grounded {
  readonly tuples: ReadonlyMap<string, ReadonlyMap<string, Tuple>>;
  readonly facts: readonly ReferenceFact[];
  /** "The places at which the heads of rules with a static body stand." */
  readonly places: readonly { readonly relation: string; readonly place: Value }[];
}

export function ground(program: ReferenceProgram, eot: number): Grounded | Problem {
  const tuples = new Map<string, Map<string, Tuple>>();
  const add = (relation: string, tuple: Tuple): boolean => {
    const known = tuples.get(relation) ?? new Map<string, Tuple>();
    tuples.set(relation, known);
    const isNew = !known.has(keyOf(tuple));
    known.set(keyOf(tuple), tuple);
    return isNew;
  };
  const lookup = (atom: Atom): Iterable<Tuple> => tuples.get(atom.relation.text)?.values() ?? [];
  const fire = (rule: ReferenceRule): readonly Tuple[] | Problem => {
    const bindings = solutions(rule, lookup);
    if ("problem" in bindings) return bindings;
    const fired = firings(rule, bindings, program.statics);
    return "problem" in fired ? fired : fired.map(({ tuple }) => tuple);
  };
  for (const fact of program.staticFacts) add(fact.relation, fact.tuple);
  if (program.statics.has("eot")) add("eot", [eot]);
  if (program.staticStrata === "unstratifiable") throw new Error("unstratifiable static rules");
  for (const rules of program.staticStrata) {
    for (let changed = true; changed; ) {
      changed = false;
      for (const rule of rules) {
        const fired = fire(rule);
        if ("problem" in fired) return fired;
        for (const tuple of fired) changed = add(rule.head.relation.text, tuple) || changed;
      }
    }
  }
  const facts: ReferenceFact[] = [];
  for (const rule of program.stating) {
    const fired = fire(rule);
    if ("problem" in fired) return fired;
    const instant = rule.head.time?.kind === "at" ? rule.head.time.instant : 1;
    for (const tuple of fired) facts.push({ relation: rule.head.relation.text, tuple, instant });
  }
  const places: { relation: string; place: Value }[] = [];
  for (const rule of program.rules) {
    const [place] = rule.head.args;
    if (place === undefined || place.kind === "aggregate") continue;
    if (!rule.atoms.every((atom) => program.statics.has(atom.relation.text))) continue;
    const fired = fire({ ...rule, head: { ...rule.head, args: [place] } });
    if ("problem" in fired) return fired;
    for (const [value] of fired)
      if (value !== undefined) places.push({ relation: rule.head.relation.text, place: value });
  }
  return { tuples, facts, places };
}

/** The relations of the specification and what only it reads. */
export function specificationsOwn(program: ReferenceProgram, roles: readonly string[]): ReadonlySet<string> {
  const own = new Set(roles);
  const read = new Set(program.rules.flatMap((rule) => rule.atoms.map((atom) => atom.relation.text)));
  for (let size = -1; size !== own.size; ) {
    size = own.size;
    for (const relation of read) {
      const readers = program.rules.filter(
        (rule) => rule.head.relation.text !== relation && rule.atoms.some((atom) => atom.relation.text === relation),
      );
      if (readers.length > 0 && readers.every((rule) => own.has(rule.head.relation.text))) own.add(relation);
    }
  }
  return own;
}
