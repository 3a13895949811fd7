import type { Fate, TupleAt } from "../execution/execution.js";
import type { BuiltInRelation } from "../faults/kind.js";
import type { Absence } from "../faults/node-faults.js";
import type { RuleId, Value } from "../program/program.js";

/** A tuple that only one of the runs has. */
export interface Difference {
  /** `lost`: only the failure-free run has it; `gained`: only the failing run has it. */
  readonly kind: "lost" | "gained";
  readonly tuple: TupleAt;
  /** First instant of the unbroken stretch of persistence that ends at the tuple; its own instant if there is none. */
  readonly since: number;
  /** For a gained tuple, the absences during which it was kept, in the order of time. */
  readonly kept: readonly Absence[];
  readonly causes: readonly Cause[];
}

export type Cause =
  /** The same tuple is sent along the same channel in both runs, and lost at these instants in the failing run. */
  | {
      readonly kind: "message-lost";
      readonly rule: RuleId;
      readonly from: Value;
      readonly to: Value;
      readonly fate: Exclude<Fate, "delivered">;
      readonly instants: readonly number[];
    }
  /** Sent in both runs at these instants, but arriving at other instants, the arrivals, in the failing run. */
  | {
      readonly kind: "message-late";
      readonly rule: RuleId;
      readonly from: Value;
      readonly to: Value;
      readonly instants: readonly number[];
      readonly arrivals: readonly number[];
    }
  /** A firing (at each of these instants) that only one of the runs has, and the differing tuples that it depends on. */
  | {
      readonly kind: "firing";
      readonly rule: RuleId;
      readonly instants: readonly number[];
      readonly because: readonly Reason[];
    }
  /** Its node is away in the failing run, and nothing holds there. */
  | { readonly kind: "away"; readonly absence: Absence }
  /** A firing (at each of these instants) of both runs, whose result is forgotten in the failing one, where the node restarts. */
  | {
      readonly kind: "forgotten";
      readonly rule: RuleId;
      readonly instants: readonly number[];
      readonly absence: Absence;
    }
  /** A firing (at each of these instants) of both runs, whose result is held back in the failing one until the node returns. */
  | {
      readonly kind: "kept";
      readonly rule: RuleId;
      readonly instants: readonly number[];
      readonly absence: Absence;
    }
  /** The schedule has this crash, or this restart, so the program can see it. */
  | { readonly kind: "built-in"; readonly relation: BuiltInRelation };

export type Reason =
  | { readonly kind: "difference"; readonly difference: Difference }
  /** Already explained, further up or to the left, or too deep to be explained. */
  | { readonly kind: "above"; readonly change: "lost" | "gained"; readonly tuple: TupleAt };

/** A cause that is the direct effect of a fault, and needs no further explanation. */
export type DirectEffect = Exclude<Cause, { readonly kind: "firing" }>;

/** Whether two direct effects differ only in their instants. */
export function isSameDirectEffect(a: DirectEffect, b: DirectEffect): boolean {
  switch (a.kind) {
    case "built-in":
      return a.kind === b.kind && a.relation === b.relation;
    case "away":
      return a.kind === b.kind && a.absence === b.absence;
    case "forgotten":
    case "kept":
      return a.kind === b.kind && a.rule === b.rule && a.absence === b.absence;
    case "message-lost":
      return a.kind === b.kind && a.fate === b.fate && isSameChannel(a, b);
    case "message-late":
      return a.kind === b.kind && isSameChannel(a, b);
  }
}

type OnChannel = Extract<Cause, { readonly from: Value }>;

function isSameChannel(a: OnChannel, b: OnChannel): boolean {
  return a.rule === b.rule && a.from === b.from && a.to === b.to;
}

/** The same cause at the instants of both. */
export function joined<C extends Cause>(a: C, b: C): C {
  if (!("instants" in a) || !("instants" in b)) return a;
  const instants = ascending(a.instants, b.instants);
  if (!("arrivals" in a) || !("arrivals" in b)) return { ...a, instants };
  return { ...a, instants, arrivals: ascending(a.arrivals, b.arrivals) };
}

/** The union of both lists. */
export function ascending(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
