import type { Fate, TupleAt } from "../execution/execution.js";
import type { BuiltInRelation } from "../faults/kind.js";
import type { Absence } from "../faults/node-faults.js";
import type { RuleId, Value } from "../program/program.js";

/** A tuple that one of the runs has and the other has not. */
export interface Difference {
  /** `lost`: the failure-free run had it and the failing one has not; `gained`: the other way round. */
  readonly kind: "lost" | "gained";
  readonly tuple: TupleAt;
  /** First instant of the unbroken stretch of persistence that ends at the tuple; its own instant if there is none. */
  readonly since: number;
  /** Of one that was gained, the absences over which it was kept meanwhile, in the order of time. */
  readonly kept: readonly Absence[];
  readonly causes: readonly Cause[];
}

export type Cause =
  /** Sent in both runs, the same tuple along the same channel, and lost at these instants in the failing run. */
  | {
      readonly kind: "message-lost";
      readonly rule: RuleId;
      readonly from: Value;
      readonly to: Value;
      readonly fate: Exclude<Fate, "delivered">;
      readonly instants: readonly number[];
    }
  /** Sent in both runs at these instants, and arriving at other ones in the failing run, which are the arrivals. */
  | {
      readonly kind: "message-late";
      readonly rule: RuleId;
      readonly from: Value;
      readonly to: Value;
      readonly instants: readonly number[];
      readonly arrivals: readonly number[];
    }
  /** A firing (at each of these instants) that only one of the runs has, and the tuples it turned on. */
  | {
      readonly kind: "firing";
      readonly rule: RuleId;
      readonly instants: readonly number[];
      readonly because: readonly Reason[];
    }
  /** Its node is away in the failing run, and nothing holds there. */
  | { readonly kind: "away"; readonly absence: Absence }
  /** A firing (at each of these instants) of both runs, and what it gave is forgotten in the failing one, where the node restarts. */
  | {
      readonly kind: "forgotten";
      readonly rule: RuleId;
      readonly instants: readonly number[];
      readonly absence: Absence;
    }
  /** A firing (at each of these instants) of both runs, and what it gave is kept for the node's return in the failing one. */
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
  /** Explained already, further up or to the left, or too deep to be explained. */
  | { readonly kind: "above"; readonly change: "lost" | "gained"; readonly tuple: TupleAt };

/** A cause that is the direct effect of a fault, and needs no further explanation. */
export type DirectEffect = Exclude<Cause, { readonly kind: "firing" }>;

/** Whether two direct effects differ in nothing but their instants. */
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

/** The numbers of both lists, each once. */
export function ascending(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
