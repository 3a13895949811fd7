import type { Fate, TupleAt } from "../execution/execution.js";
import type { RuleId, Value } from "../program/program.js";

/** A tuple that one of the runs has and the other has not. */
export interface Difference {
  /** `lost`: the failure-free run had it and the failing one has not; `gained`: the other way round. */
  readonly kind: "lost" | "gained";
  readonly tuple: TupleAt;
  /** First instant of the unbroken stretch of persistence that ends at the tuple; its own instant if there is none. */
  readonly since: number;
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
  /** A firing (at each of these instants) that only one of the runs has, and the tuples it turned on. */
  | {
      readonly kind: "firing";
      readonly rule: RuleId;
      readonly instants: readonly number[];
      readonly because: readonly Reason[];
    }
  /** The schedule has this crash, or this restart, so the program can see it. */
  | { readonly kind: "crash" | "restart" };

export type Reason =
  | { readonly kind: "difference"; readonly difference: Difference }
  /** Told already, further up or to the left; or too far down to be told. */
  | { readonly kind: "above"; readonly change: "lost" | "gained"; readonly tuple: TupleAt };
