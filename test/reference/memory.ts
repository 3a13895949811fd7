import { showFact } from "./facts.js";
import { possibleFacts } from "./inputs.js";
import type { ReferenceProgram } from "./program.js";
import { definedRelations, isPlainPersistence, staticFacts } from "./program.js";

/** The relations whose tuples an absence treats differently. */
export interface Memory {
  /** "Those of **durable** relations are kept" over a restart: the ones that a line names, and configuration. */
  readonly durable: ReadonlySet<string>;
  /** "No absence touches an observer's relation." */
  readonly observer: ReadonlySet<string>;
}

/** `roles`: the names in force for `pre`, `post` and `never`. */
export function memoryOf(program: ReferenceProgram, roles: readonly string[]): Memory {
  const kept = configuration(program).filter((relation) => !program.forgets.includes(relation));
  // "No fault touches" static relations; what reads them is not the observer's.
  const observer = new Set([...observerRelations(program, roles), ...program.statics]);
  return { durable: new Set([...program.durable, ...kept]), observer };
}

/** "A relation that is defined by facts, and by nothing else but its own plain persistence rule, is *configuration*." */
export function configuration(program: ReferenceProgram): readonly string[] {
  const stated = new Set(staticFacts(program).map((fact) => fact.relation));
  return [...stated].filter((relation) =>
    program.rules.every((rule) => rule.head.relation.text !== relation || isPlainPersistence(rule)),
  );
}

/** "What reads an observer's relation is the observer's too": through deductive and `@next` rules. */
function observerRelations(program: ReferenceProgram, named: readonly string[]): ReadonlySet<string> {
  const observer = new Set([...named, ...program.observer]);
  for (let size = -1; size !== observer.size; ) {
    size = observer.size;
    for (const rule of program.rules) {
      const reads = rule.atoms.some((atom) => observer.has(atom.relation.text));
      if (rule.timing !== "async" && reads) observer.add(rule.head.relation.text);
    }
  }
  return observer;
}

/** "It is built in unless a program defines it or reads it with another number of columns." */
export function isRestartBuiltIn(program: ReferenceProgram): boolean {
  if (definedRelations(program).has("restart")) return false;
  const reads = program.rules.flatMap((rule) => rule.atoms.filter((atom) => atom.relation.text === "restart"));
  return reads.every((atom) => atom.args.length === 1);
}

/** The errors of the lines that have meaning, as the page lists them. `absences`: whether restarts or pauses are asked for. */
export function refusals(program: ReferenceProgram, roles: readonly string[], absences: boolean): readonly string[] {
  const defined = definedRelations(program);
  const undefinedIn = (line: "durable" | "forgets" | "observer"): readonly string[] =>
    program[line].filter((name) => !defined.has(name)).map((name) => `${line}: nothing defines ${name}`);
  const both = program.forgets.filter((name) => program.durable.includes(name));
  return [
    ...undefinedIn("durable"),
    ...undefinedIn("forgets"),
    ...both.map((name) => `forgets: ${name} is durable as well`),
    ...undefinedIn("observer"),
    ...repeatedInputs(program),
    ...messagesOf(program, observerRelations(program, absences ? roles : [])),
  ];
}

/** "A fact both plain and in such a line, in two of them or twice in one." */
function repeatedInputs(program: ReferenceProgram): readonly string[] {
  const plain = program.facts.map(showFact);
  const open = possibleFacts(program.inputs).map(showFact);
  return open
    .filter((fact, i) => plain.includes(fact) || open.indexOf(fact) < i)
    .map((fact) => `input: ${fact} is there already`);
}

/** "A message may not come of one: a rule `@async` whose head or body has one is an error." */
function messagesOf(program: ReferenceProgram, observer: ReadonlySet<string>): readonly string[] {
  return program.rules
    .filter((rule) => rule.timing === "async")
    .flatMap((rule) => [rule.head, ...rule.atoms])
    .filter((atom) => observer.has(atom.relation.text))
    .map((atom) => `observer: a message of ${atom.relation.text}`);
}
