import type { Tuple, TupleAt } from "../execution/execution.js";
import type { BuiltInRelation } from "../faults/kind.js";
import type { Derivation } from "../lineage/derivations.js";
import { persists } from "../lineage/derivations.js";
import type { RelationId, RuleId, Value } from "../program/program.js";
import type { Period } from "../wording/instants.js";
import type { Traced } from "./traced-run.js";

/*
 * A whole run as a table that is small enough for a report: each tuple once, with the periods at which it holds, and each
 * derivation once, with the periods at which it occurs. A rule that fires with the same tuples at twenty instants is one
 * row.
 *
 *     log("b","hi") ⊢ log("b","hi") by persistence, fired at 2–19
 */

/** Numbers tuples in the order of their first occurrence; the numbers of runs that share one are comparable. */
export class TupleNumbers {
  private readonly numbers = new Map<string, number>();
  readonly tuples: { readonly relation: RelationId; readonly args: Tuple }[] = [];

  numberOf(relation: RelationId, args: Tuple): number {
    const key = JSON.stringify([relation, args]);
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.tuples.length;
      this.numbers.set(key, number);
      this.tuples.push({ relation, args });
    }
    return number;
  }
}

/** One way in which a tuple is derived, at any instant. */
export interface Row {
  readonly head: number;
  readonly by:
    | { readonly kind: "fact" }
    | { readonly kind: "built-in"; readonly relation: BuiltInRelation }
    | { readonly kind: "rule"; readonly rule: RuleId };
  /** Whether it carries the tuple from the instant before, or from before an absence. */
  readonly carries: boolean;
  /** How many instants after the body the head holds: 0 within an instant, 1 for the next one, more if a message is late or the node was away. */
  readonly delay: number;
  /** At the instant of the body, or at a fixed one. */
  readonly supports: readonly { readonly tuple: number; readonly at?: number }[];
  readonly absences: readonly {
    readonly relation: RelationId;
    readonly pattern: readonly (Value | undefined)[];
    readonly at?: number;
  }[];
  readonly message?: { readonly from: Value; readonly to: Value };
  /** Instants of the body (of the head, for facts and crashes). */
  readonly fired: readonly Period[];
}

export interface DerivationTable {
  /** By tuple number; absent if the tuple never holds in the run. */
  readonly periods: readonly (readonly Period[] | undefined)[];
  readonly rows: readonly Row[];
  /** False if the run has more derivations than the given limit: the later ones are not in `rows`. */
  readonly complete: boolean;
}

/** Reads every derivation of a run, up to a number of them. */
export function derivationTable(
  { execution, provenance }: Traced,
  numbers: TupleNumbers,
  most: number,
): DerivationTable {
  const { program, eot } = execution;
  const held = new Map<number, number[]>();
  const rows = new Map<string, { row: Omit<Row, "fired">; fired: number[] }>();
  let left = most;
  for (let instant = 1; instant <= eot; instant++) {
    for (const { id } of program.relations) {
      for (const args of execution.tuples(id, instant)) {
        const head = numbers.numberOf(id, args);
        append(held, head, instant);
        if (left <= 0) continue;
        for (const derivation of provenance.derivationsOf({ relation: id, instant, args })) {
          left--;
          const { row, at } = rowOf(derivation, { relation: id, instant, args }, program, numbers);
          const key = nameOf(row);
          const known = rows.get(key);
          if (known === undefined) rows.set(key, { row, fired: [at] });
          else known.fired.push(at);
        }
      }
    }
  }
  const periods: (readonly Period[] | undefined)[] = [];
  for (const [tuple, instants] of held) periods[tuple] = periodsOf(instants);
  return {
    periods,
    rows: [...rows.values()].map(({ row, fired }) => ({ ...row, fired: periodsOf(fired) })),
    complete: left > 0,
  };
}

/** Equal for rows that differ only in when they fired. */
function nameOf({ head, by, delay, supports, absences, message }: Omit<Row, "fired">): string {
  const rule = by.kind === "rule" ? by.rule : by.kind;
  const tuples = supports.map((s) => `${s.tuple}@${s.at ?? ""}`).join();
  const none =
    absences.length === 0
      ? ""
      : JSON.stringify(absences.map((a) => [a.relation, a.at ?? 0, a.pattern.map((v) => v ?? null)]));
  return `${head} ${rule} ${delay} ${tuples} ${none} ${message === undefined ? "" : JSON.stringify(message)}`;
}

function rowOf(
  derivation: Derivation,
  head: TupleAt,
  program: Traced["execution"]["program"],
  numbers: TupleNumbers,
): { readonly row: Omit<Row, "fired">; readonly at: number } {
  const number = numbers.numberOf(head.relation, head.args);
  const bare = { head: number, carries: false, delay: 0, supports: [], absences: [] } as const;
  switch (derivation.kind) {
    case "fact":
      return { row: { ...bare, by: { kind: "fact" } }, at: head.instant };
    case "built-in":
      return { row: { ...bare, by: derivation }, at: head.instant };
    case "rule": {
      const { rule, instant, supports, message } = derivation;
      const fixed = (literal: number): { readonly at?: number } => {
        const l = program.rules[rule]?.body[literal];
        return l === undefined || l.kind === "comparison" || l.instant === undefined ? {} : { at: l.instant };
      };
      const tuples = supports.flatMap((s) =>
        s.kind === "tuple" ? [{ tuple: numbers.numberOf(s.tuple.relation, s.tuple.args), ...fixed(s.literal) }] : [],
      );
      const row = {
        head: number,
        by: { kind: "rule" as const, rule },
        carries: persists(derivation, head),
        delay: head.instant - instant,
        supports: tuples,
        absences: supports.flatMap((s) =>
          s.kind === "absence" ? [{ relation: s.relation, pattern: s.pattern, ...fixed(s.literal) }] : [],
        ),
        ...(message === undefined ? {} : { message: { from: message.from, to: message.to } }),
      };
      return { row, at: instant };
    }
    default: {
      const never: never = derivation;
      return never;
    }
  }
}

/** Ascending instants as periods. */
function periodsOf(instants: readonly number[]): readonly Period[] {
  const periods: { from: number; to: number }[] = [];
  for (const instant of instants) {
    const last = periods.at(-1);
    if (last !== undefined && instant <= last.to + 1) last.to = Math.max(last.to, instant);
    else periods.push({ from: instant, to: instant });
  }
  return periods;
}

function append(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
