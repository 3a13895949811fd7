import type { Instant } from "../../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../../reference/evaluate.js";
import type { ReferenceProgram } from "../../reference/program.js";
import { collect } from "../../reference/program.js";
import { specificationOf, witnessesOf } from "../../reference/specification.js";
import type { DraftLiteral, DraftRule, DraftStatement, DraftTerm } from "../draft.js";
import { print, variable, wildcard } from "../draft.js";
import { parse } from "../loading.js";
import { writeRule } from "./rules.js";
import type { ColumnType, Schema, World } from "./world.js";
import { isBuiltIn } from "./world.js";

export interface OutcomeNames {
  readonly pre?: string;
  readonly post?: string;
}

type Kind = "implication" | "post-only" | "neither";

/**
 * Adds rules for `pre` and `post`, or for `post`, or none. Of several attempts the first is taken that promises
 * something in the failure-free run and keeps it there; one time in six, whatever comes.
 */
export function addSpecification(world: World): OutcomeNames {
  const { random } = world;
  const kind = random.weighted<Kind>([
    [7, "implication"],
    [2, "post-only"],
    [2, "neither"],
  ]);
  const failureFree = failureFreeRun(world, []);
  if (kind === "neither" || failureFree === undefined) return {};
  const names: OutcomeNames = random.chance(0.1) ? { pre: "promised", post: "kept" } : {};
  const careless = random.chance(0.16);
  let chosen: readonly DraftStatement[] = [];
  for (let attempt = 0; attempt < 10; attempt++) {
    chosen = attemptOne(world, kind, names, failureFree);
    if (chosen.length > 0 && (careless || isSound(world, chosen, kind, names))) break;
  }
  // Without a rule for `post` there is nothing that `pre` could be checked against.
  const heads = new Set(chosen.map((s) => (s.kind === "rule" ? s.head.relation : s.relation)));
  if (!heads.has(names.post ?? "post") || (kind === "implication" && !heads.has(names.pre ?? "pre"))) return {};
  world.statements.push(...chosen);
  return kind === "post-only" && names.post !== undefined ? { post: names.post } : names;
}

/** The run without faults of what is there so far and some more statements; undefined if it ends in an error. */
export function failureFreeRun(world: World, added: readonly DraftStatement[]): readonly Instant[] | undefined {
  const program = programOf(world, added);
  const run = evaluateProgram(program, { nodes: world.nodes, eot: world.eot, schedule: [] });
  return run.kind === "model" ? run.instants : undefined;
}

/** What is there so far and some more statements. */
export function programOf(
  { statements, directives, raw = [] }: World,
  added: readonly DraftStatement[],
): ReferenceProgram {
  return collect([parse(print({ statements: [...statements, ...added], directives, raw }))]);
}

function isSound(world: World, added: readonly DraftStatement[], kind: Kind, names: OutcomeNames): boolean {
  const instants = failureFreeRun(world, added);
  if (instants === undefined) return false;
  const promise = kind === "implication" ? (names.pre ?? "pre") : (names.post ?? "post");
  if (tuplesAt(instants, promise, world.eot).size === 0) return world.random.chance(0.08);
  const program = programOf(world, added);
  const specification = specificationOf(program, names.pre, names.post);
  return witnessesOf(specification, instants, instants).length === 0 || world.random.chance(0.08);
}

function attemptOne(
  world: World,
  kind: Kind,
  names: OutcomeNames,
  failureFree: readonly Instant[],
): readonly DraftStatement[] {
  const { random } = world;
  const alive = world.schemas.filter(
    (s) => s.columns.length <= 3 && !isBuiltIn(s) && tuplesAt(failureFree, s.name, world.eot).size > 0,
  );
  const outcome = random.pickOrNone(alive.filter((s) => s.name !== "link"));
  if (outcome === undefined) return [];
  const post: Schema = { name: names.post ?? "post", columns: outcome.columns, level: 9 };
  const pre: Schema = { name: names.pre ?? "pre", columns: outcome.columns, level: 9 };
  const kept = [
    random.chance(0.85)
      ? copy(outcome, post, { removedByCrash: random.chance(0.08) })
      : arbitrary(world, post, outcome),
  ];
  if (random.chance(0.12)) kept.push(arbitrary(world, post, random.pick(alive)));
  if (kind === "post-only") return kept.flat();
  const promised = [promise(world, pre, outcome, alive, failureFree)];
  if (random.chance(0.25)) promised.push(promise(world, pre, outcome, alive, failureFree));
  return [...promised, ...kept].flat();
}

function promise(
  world: World,
  pre: Schema,
  outcome: Schema,
  alive: readonly Schema[],
  failureFree: readonly Instant[],
): readonly DraftStatement[] {
  const { random } = world;
  const same = alive.filter((s) => s !== outcome && sameColumns(s.columns, outcome.columns));
  const guard = { unlessCrashed: random.chance(0.5) };
  const way = random.weighted([
    [2, "facts"],
    [same.length > 0 ? 4 : 0, "copy"],
    [4, "spread"],
    [2, "earlier"],
    [outcome.columns.length > 1 ? 1 : 0, "disagreement"],
    [3, "arbitrary"],
  ] as const);
  switch (way) {
    case "facts":
      return random
        .some([...tuplesAt(failureFree, outcome.name, world.eot).values()], 0.6)
        .map((args) => ({ kind: "fact", relation: pre.name, args, at: world.eot }));
    case "copy":
      return copy(random.pick(same), pre, guard);
    case "spread":
      return spread(outcome, pre, guard);
    case "earlier":
      return copy(outcome, pre, { ...guard, at: random.integer(1, world.eot) });
    case "disagreement":
      return disagreement(outcome, pre);
    case "arbitrary":
      return arbitrary(world, pre, outcome);
  }
}

interface Guard {
  /** A crashed node promises nothing. */
  readonly unlessCrashed?: boolean;
  /** A crashed node keeps nothing. */
  readonly removedByCrash?: boolean;
  readonly at?: number;
}

function copy(from: Schema, to: Schema, guard: Guard): readonly DraftRule[] {
  const args = from.columns.map((_, i) => variable(`X${i}`));
  const atom = { relation: from.name, args, ...(guard.at === undefined ? {} : { at: guard.at }) };
  const body: DraftLiteral[] = [{ kind: "positive", atom }];
  if (guard.unlessCrashed === true || guard.removedByCrash === true) body.push(notCrashed(args[0]));
  return [{ kind: "rule", timing: "now", head: { relation: to.name, args }, body }];
}

/** What one node has, those that it knows are promised. */
function spread(from: Schema, to: Schema, guard: Guard): readonly DraftRule[] {
  const rest = from.columns.slice(1).map((_, i) => variable(`X${i}`));
  const body: DraftLiteral[] = [
    { kind: "positive", atom: { relation: from.name, args: [variable("N"), ...rest] } },
    { kind: "positive", atom: { relation: "link", args: [variable("N"), variable("M")] } },
  ];
  if (guard.unlessCrashed === true) body.push(notCrashed(variable("M")));
  return [{ kind: "rule", timing: "now", head: { relation: to.name, args: [variable("M"), ...rest] }, body }];
}

/** Promised where two places differ in the last column: nothing, as long as they agree. */
function disagreement(from: Schema, to: Schema): readonly DraftRule[] {
  const middle = from.columns.slice(1, -1).map((_, i) => variable(`X${i}`));
  const has = (place: string, value: string): DraftLiteral => ({
    kind: "positive",
    atom: { relation: from.name, args: [variable(place), ...middle, variable(value)] },
  });
  const differ: DraftLiteral = { kind: "comparison", operator: "<", left: variable("Y"), right: variable("Z") };
  const args = [variable("N"), ...middle, variable("Y")];
  return [
    { kind: "rule", timing: "now", head: { relation: to.name, args }, body: [has("N", "Y"), has("M", "Z"), differ] },
  ];
}

function arbitrary(world: World, head: Schema, reading: Schema): readonly DraftStatement[] {
  const rule = writeRule(world, { head, timing: "now", aggregate: world.random.chance(0.2), reading });
  return rule === undefined ? [] : [rule];
}

function notCrashed(node: DraftTerm | undefined): DraftLiteral {
  const place = node ?? wildcard;
  return { kind: "negated", atom: { relation: "crash", args: [place, place, wildcard] } };
}

function sameColumns(a: readonly ColumnType[], b: readonly ColumnType[]): boolean {
  return a.length === b.length && a.every((type, i) => type === b[i]);
}
