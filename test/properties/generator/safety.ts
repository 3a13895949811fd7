import type { Instant } from "../../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../../reference/evaluate.js";
import type { ReferenceSchedule } from "../../reference/schedules.js";
import type { ReferenceBudget } from "../../reference/space.js";
import { allSchedules } from "../../reference/space.js";
import type { Tuple } from "../../reference/values.js";
import type { DraftAtom, DraftLiteral, DraftStatement, DraftTerm } from "../draft.js";
import { constant, variable, wildcard } from "../draft.js";
import { writeRule } from "./rules.js";
import { failureFreeRun, programOf } from "./specifications.js";
import type { Schema, World } from "./world.js";
import { isBuiltIn } from "./world.js";

/**
 * Adds rules for `never`. Of several attempts the first is taken that the failure-free run keeps; now and then, whatever
 * comes. Whether there are any now.
 */
export function addSafety(world: World, name: string, budget: ReferenceBudget): boolean {
  const { random } = world;
  for (let attempt = 0; attempt < 12; attempt++) {
    const statements = random.chance(0.75)
      ? fromExecution(world, name, budget)
      : attemptOne(world, name, `saw${attempt}`);
    if (statements.length === 0) continue;
    const instants = failureFreeRun(world, statements);
    if (instants === undefined) continue;
    const isKept = instants.every((_, i) => tuplesAt(instants, name, i + 1).size === 0);
    if (!isKept && !random.chance(0.03)) continue;
    world.statements.push(...statements);
    const observed = statements.find((s) => s.kind === "rule" && s.head.relation.startsWith("saw"));
    // Without the line the history is kept at a node that may forget it.
    if (observed?.kind === "rule" && random.chance(0.8))
      world.directives.push(`//! observer ${observed.head.relation}`);
    return true;
  }
  return false;
}

/** A tuple that tells an execution from others. */
interface Difference {
  readonly subject: Schema;
  readonly tuple: Tuple;
  /** Absent where the others never have it. */
  readonly instant?: number;
  /** Whether this execution has it, and the others have not. */
  readonly isThere: boolean;
}

/**
 * Forbids something that an execution with faults has and the failure-free one has not, or the other way round; often
 * something that no single fault brings about.
 */
function fromExecution(world: World, name: string, budget: ReferenceBudget): readonly DraftStatement[] {
  const { random } = world;
  const schedules = [...allSchedules(budget)].filter((s) => s.length < 5);
  const larger = schedules.filter((s) => s.length > 1);
  const several = larger.length > 0 && random.chance(0.5);
  // What no single fault of the budget does either.
  const single = several ? random.shuffled(schedules.filter((s) => s.length === 1)).slice(0, 100) : [];
  const program = programOf(world, []);
  const runOf = (schedule: ReferenceSchedule): readonly (readonly Instant[])[] => {
    const run = evaluateProgram(program, { nodes: budget.nodes, eot: world.eot, schedule });
    return run.kind === "model" ? [run.instants] : [];
  };
  const others = [[], ...single].flatMap(runOf);
  if (others.length <= single.length) return [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const [faulty] = runOf(random.pick(several ? larger : schedules));
    if (faulty === undefined) continue;
    const found = world.schemas
      .filter((s) => !isBuiltIn(s) && s.columns.length <= 4)
      .flatMap((subject) => differences(subject, faulty, others));
    const kind = random.pickOrNone([...new Set(found.map(kindOf))]);
    const alike = found.filter((d) => kindOf(d) === kind);
    const subject = random.pickOrNone([...new Set(alike.map((d) => d.subject))]);
    const difference = random.pickOrNone(alike.filter((d) => d.subject === subject));
    if (difference !== undefined) return forbid(world, name, difference);
  }
  return [];
}

function kindOf({ isThere, instant }: Difference): string {
  return `${isThere} ${instant === undefined ? "ever" : "then"}`;
}

function differences(
  subject: Schema,
  faulty: readonly Instant[],
  others: readonly (readonly Instant[])[],
): readonly Difference[] {
  const ever = (run: readonly Instant[]): ReadonlyMap<string, Tuple> =>
    new Map(run.flatMap((_, i) => [...tuplesAt(run, subject.name, i + 1)]));
  const known = others.map(ever);
  const found: Difference[] = [...ever(faulty)]
    .filter(([key]) => known.every((tuples) => !tuples.has(key)))
    .map(([, tuple]) => ({ subject, tuple, isThere: true }));
  for (let instant = 1; instant <= faulty.length; instant++) {
    const here = tuplesAt(faulty, subject.name, instant);
    const [first = new Map<string, Tuple>(), ...rest] = others.map((run) => tuplesAt(run, subject.name, instant));
    for (const [key, tuple] of here)
      if (![first, ...rest].some((tuples) => tuples.has(key))) found.push({ subject, tuple, instant, isThere: true });
    for (const [key, tuple] of first)
      if (!here.has(key) && rest.every((tuples) => tuples.has(key)))
        found.push({ subject, tuple, instant, isThere: false });
  }
  return found;
}

/** With some of its columns left open. What is to be at an instant is asked by a reminder, which is at no node. */
function forbid(
  world: World,
  name: string,
  { subject, tuple, instant, isThere }: Difference,
): readonly DraftStatement[] {
  const args = tuple.map((value) => (world.random.chance(0.75) ? constant(value) : wildcard));
  const literal: DraftLiteral = { kind: isThere ? "positive" : "negated", atom: { relation: subject.name, args } };
  const reminded: DraftLiteral = { kind: "positive", atom: { relation: "due", args: [variable("X0")] } };
  const head: DraftAtom = { relation: name, args: [variable("X0")] };
  if (instant === undefined) {
    const place = { ...literal, atom: { relation: subject.name, args: [variable("X0"), ...args.slice(1)] } };
    return [{ kind: "rule", timing: "now", head, body: [place] }];
  }
  return [
    { kind: "fact", relation: "due", args: ["date"], at: instant },
    { kind: "rule", timing: "now", head, body: [reminded, literal] },
  ];
}

/** Forbids what a protocol of some sort must not do, whether or not some fault makes it do so. */
function attemptOne(world: World, name: string, saw: string): readonly DraftStatement[] {
  const { random } = world;
  const subject = random.pickOrNone(
    world.schemas.filter((s) => s.columns[0] === "node" && s.columns.length <= 4 && !isBuiltIn(s) && s.name !== "link"),
  );
  if (subject === undefined) return [];
  const last = subject.columns.length - 1;
  const number = subject.columns.lastIndexOf("number");
  const now = (letter: string): DraftLiteral => positive(subject.name, argsOf(subject, letter));
  const ever = (letter: string): DraftLiteral => positive(saw, argsOf(subject, letter));
  const compare = (column: number, operator: "==" | "!=" | "<"): DraftLiteral => ({
    kind: "comparison",
    operator,
    left: variable(`X${column}`),
    right: variable(`Y${column}`),
  });
  const never = (...body: DraftLiteral[]): DraftStatement => ({
    kind: "rule",
    timing: "now",
    head: { relation: name, args: [variable("X0")] },
    body,
  });
  const way = random.weighted([
    [2, "two places at once"],
    [3, "two places ever"],
    [last > 0 ? 4 : 0, "two values ever"],
    [last > 0 ? 1 : 0, "two values at once"],
    [number > 0 ? 2 : 0, "backwards"],
    [2, "lost"],
    [2, "arbitrary"],
  ] as const);
  switch (way) {
    case "two places at once":
      return [never(now("X"), now("Y"), compare(0, "<"))];
    case "two places ever":
      return [...history(subject, saw), never(ever("X"), ever("Y"), compare(0, "<"))];
    case "two values ever": {
      const place = random.chance(0.5) ? [compare(0, "==")] : [];
      return [...history(subject, saw), never(ever("X"), ever("Y"), compare(last, "!="), ...place)];
    }
    case "two values at once":
      return [never(now("X"), now("Y"), compare(last, "!="))];
    case "backwards":
      return [...history(subject, saw), never(now("X"), ever("Y"), compare(0, "=="), compare(number, "<"))];
    case "lost": {
      // A node that is away has no links either.
      const isUp = positive("link", [variable("X0"), wildcard]);
      const gone: DraftLiteral = { kind: "negated", atom: { relation: subject.name, args: argsOf(subject, "X") } };
      return [...history(subject, saw), never(ever("X"), isUp, gone)];
    }
    case "arbitrary": {
      const head: Schema = { name, columns: ["node"], level: 9 };
      const rule = writeRule(world, { head, timing: "now", aggregate: false, reading: subject });
      return rule === undefined ? [] : [rule];
    }
  }
}

/** All that a relation ever held. */
function history(of: Schema, saw: string): readonly DraftStatement[] {
  const head: DraftAtom = { relation: saw, args: argsOf(of, "X") };
  return [
    { kind: "rule", timing: "now", head, body: [positive(of.name, argsOf(of, "X"))] },
    { kind: "rule", timing: "next", head, body: [{ kind: "positive", atom: head }] },
  ];
}

function argsOf(of: Schema, letter: string): readonly DraftTerm[] {
  return of.columns.map((_, i) => variable(`${letter}${i}`));
}

function positive(relation: string, args: readonly DraftTerm[]): DraftLiteral {
  return { kind: "positive", atom: { relation, args } };
}
