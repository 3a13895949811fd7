import type { Delay, Duplicate, Omission } from "../../faults/channel-faults.js";
import type { Partition } from "../../faults/cut-faults.js";
import type { Absence, Crash } from "../../faults/node-faults.js";

/* The types of schema/check.schema.json for values of programs and faults. */

export type ValueJson = number | string;

export interface TupleJson {
  readonly relation: string;
  readonly args: readonly ValueJson[];
}

export interface TupleAtJson extends TupleJson {
  readonly at: number;
}

/** A missing tuple is missing at the end of time; a forbidden one has the first instant `at` which it holds. */
export interface WitnessJson extends TupleJson {
  readonly at?: number;
  /** The promise that it breaks, if promises have names. */
  readonly promise?: string;
}

export type FaultJson =
  /** From `at` on, no message leaves `node`. */
  | { readonly kind: Crash["kind"]; readonly node: string; readonly at: number }
  /** Every message that leaves `from` for `to` at `at` is lost. */
  | { readonly kind: Omission["kind"]; readonly from: string; readonly to: string; readonly at: number }
  /** `restart`: `node` is down from `at` on, and back at `until`; what is not durable is forgotten. `pause`: it is paused meanwhile. */
  | { readonly kind: Absence["kind"]; readonly node: string; readonly at: number; readonly until: number }
  /** What is sent between `a` and `b`, or only from `a` to `b`, at `at` … `until` is lost. */
  | {
      readonly kind: Partition["kind"];
      readonly a: readonly string[];
      readonly b: readonly string[];
      readonly oneWay: boolean;
      readonly at: number;
      readonly until: number;
    }
  /** What `from` sends to `to` at `at` arrives at `arrives`: instead of at `at` + 1, or again. */
  | {
      readonly kind: (Delay | Duplicate)["kind"];
      readonly from: string;
      readonly to: string;
      readonly at: number;
      readonly arrives: number;
    };

export type ScheduleJson = readonly FaultJson[];
