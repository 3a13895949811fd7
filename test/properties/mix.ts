import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import type { DraftStatement } from "./draft.js";
import type { Subject } from "./subject.js";
import { termsOf } from "./transformations.js";

export type Tally = Readonly<Record<string, number>>;

/** Counts what the generated programs are like: a generator is only as good as its mix. */
export class Mix {
  private readonly counts: Map<string, number>;

  constructor(start: Tally) {
    this.counts = new Map(Object.entries(start));
  }

  get tally(): Tally {
    return Object.fromEntries(this.counts);
  }

  refuse(reason: string): void {
    this.bump("programs refused");
    this.bump(`refused: ${reason.split(" in ")[0] ?? ""}`);
  }

  note(property: string, note: string): void {
    this.bump(`${property}: ${note}`);
  }

  add(traits: readonly string[]): void {
    this.bump("programs");
    for (const trait of traits) this.bump(trait);
  }

  private bump(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
}

/** What a program is like. */
export function traitsOf(subject: Subject): readonly string[] {
  const post = subject.case.post ?? "post";
  const outcomes = subject.case.draft.statements.some((s) => relationOf(s) === post) ? "post only" : "neither";
  return [
    `specification: ${subject.specification.kind === "implication" ? "pre and post" : outcomes}`,
    isVacuous(subject) ? "without faults: vacuous" : "without faults: something promised",
    ...[...featuresOf(subject)].map((feature) => `feature: ${feature}`),
  ];
}

function relationOf(s: DraftStatement): string {
  return s.kind === "fact" ? s.relation : s.head.relation;
}

function isVacuous({ specification, reference, budget }: Subject): boolean {
  const run = evaluateProgram(reference, { ...budget, schedule: [] });
  if (run.kind !== "model") return true;
  const promised = specification.kind === "implication" ? [specification.pre] : specification.relations;
  return promised.every((relation) => tuplesAt(run.instants, relation, budget.eot).size === 0);
}

/** The parts of the language that a program uses, each once. */
function featuresOf(subject: Subject): ReadonlySet<string> {
  const found = new Set<string>();
  for (const s of subject.case.draft.statements) {
    if (s.kind === "fact") continue;
    const aggregates = s.head.args.filter((arg) => arg.kind === "aggregate");
    if (aggregates.length > 0) found.add(`aggregate ${s.timing}`);
    if (aggregates.length > 1) found.add("several aggregates");
    for (const a of aggregates) if (a.kind === "aggregate") found.add(a.function);
    const elsewhere = new Map<string, number>();
    for (const name of termsOf({ statements: [s] }).flatMap((t) =>
      t.kind === "variable" ? [t.name] : t.kind === "aggregate" ? [t.variable] : [],
    )) {
      elsewhere.set(name, (elsewhere.get(name) ?? 0) + 1);
    }
    for (const literal of s.body) {
      if (literal.kind === "comparison") {
        found.add(`comparison ${literal.operator}`);
        continue;
      }
      if (literal.atom.at !== undefined) found.add(`${literal.kind} @N`);
      if (literal.atom.relation === "crash") found.add(`${literal.kind} crash`);
      if (literal.kind === "positive" && literal.atom.relation === s.head.relation && s.timing === "now")
        found.add("recursion");
      if (literal.kind === "positive") continue;
      found.add("notin");
      const names = literal.atom.args.flatMap((arg) => (arg.kind === "variable" ? [arg.name] : []));
      for (const arg of literal.atom.args) {
        if (arg.kind === "variable") {
          const here = names.filter((name) => name === arg.name).length;
          const local = here === elsewhere.get(arg.name);
          found.add(local ? (here > 1 ? "notin existential twice" : "notin existential") : "notin bound");
        } else {
          found.add(`notin ${arg.kind}`);
        }
      }
    }
  }
  for (const t of termsOf(subject.case.draft)) if (t.kind === "arithmetic") found.add(`arithmetic ${t.operator}`);
  return found;
}
