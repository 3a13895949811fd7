import type { TupleAt } from "../execution/execution.js";
import type { Premise, Why, WhyNot } from "./explanation.js";
import type { Traced } from "./traced-run.js";
import { why } from "./why.js";

/**
 * Two derivations that should exclude each other: a violation without faults often comes down to one tuple too many, such as two leaders of
 * one term or two executions of one request:
 *
 *     never("a", "b", 1) ← led("a", 1), led("b", 1)          executions("b1", "r1", 2) ← executed("b1", "r1", "a1"), executed("b1", "r1", "a2")
 */
export interface PairedDerivations {
  /** The tuple that depends on both. */
  readonly of: TupleAt;
  /** The derivations of two tuples of one relation, each without what both depend on. */
  readonly pair: readonly [Branch, Branch];
}

/** A tuple and its derivation, without what the other tuple of the pair also depends on. */
export interface Branch {
  readonly why: Why;
  readonly premises: readonly Branch[];
}

/** The first pair, from the top, on which a tuple of a run depends. */
export function pairedDerivations(tuple: TupleAt, run: Traced): PairedDerivations | undefined {
  const root = why(tuple, run);
  let level = root === undefined ? [] : [root];
  while (level.length > 0) {
    for (const { tuple: of, how } of level) {
      const premises = how.kind === "firing" ? tuplesAmong(how.premises) : [];
      for (const [i, left] of premises.entries()) {
        const right = premises.slice(i + 1).find((other) => isRival(left.tuple, other.tuple));
        if (right !== undefined) return paired(of, left.tuple, right.tuple, run);
      }
    }
    level = level.flatMap(({ how }) => (how.kind === "firing" ? tuplesAmong(how.premises) : []));
  }
  return undefined;
}

/** The pair behind a tuple that is missing because its group has another value, or because something blocks it. */
export function pairBehindAbsence({ attempts }: WhyNot, run: Traced): PairedDerivations | undefined {
  for (const { obstacle } of attempts) {
    if (obstacle.kind === "other-value") {
      for (const value of obstacle.values) {
        const found = pairedDerivations(value, run);
        if (found !== undefined) return found;
      }
    }
    if (obstacle.kind !== "literal") continue;
    const { whyNot, because } = obstacle;
    const blocked = because === undefined ? undefined : pairedDerivations(because.tuple, run);
    const found = blocked ?? (whyNot === undefined ? undefined : pairBehindAbsence(whyNot, run));
    if (found !== undefined) return found;
  }
  return undefined;
}

function paired(of: TupleAt, left: TupleAt, right: TupleAt, run: Traced): PairedDerivations | undefined {
  // Each is explained by itself, so that neither refers to the other.
  const [first, second] = [why(left, run), why(right, run)];
  if (first === undefined || second === undefined) return undefined;
  return { of, pair: [branch(first, below(second)), branch(second, below(first))] };
}

function isRival(a: TupleAt, b: TupleAt): boolean {
  return a.relation === b.relation && keyOf(a) !== keyOf(b);
}

function tuplesAmong(premises: readonly Premise[]): readonly Why[] {
  return premises.flatMap((premise) => (premise.kind === "tuple" ? [premise.why] : []));
}

/** Without the instant: a tuple that is carried is the same tuple. */
function keyOf({ relation, args }: TupleAt): string {
  return JSON.stringify([relation, args]);
}

/** The tuples below and at the root of a derivation. */
function below(root: Why): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.add(keyOf(next.tuple));
    if (next.how.kind === "firing") pending.push(...tuplesAmong(next.how.premises));
  }
  return found;
}

/** What the root itself depends on is shown even if the other tuple depends on it too. */
function branch(root: Why, common: ReadonlySet<string>, isRoot = true): Branch {
  const premises = root.how.kind === "firing" ? tuplesAmong(root.how.premises) : [];
  const own = premises.filter(({ tuple, how }) => how.kind !== "above" && (isRoot || !common.has(keyOf(tuple))));
  return { why: root, premises: own.map((premise) => branch(premise, common, false)) };
}
