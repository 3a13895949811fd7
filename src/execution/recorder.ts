import type { RuleId } from "../program/program.js";

/** An instant at which the head of a firing is to hold. */
export interface Due {
  readonly at: number;
}

/**
 * The hook to which a concrete execution reports its derivations. Without a recorder there is no overhead beyond a null check. The
 * arrays are reused by the evaluator, so a recorder copies what it keeps. `matched` holds, by literal of the body, a position in the
 * snapshot of the literal's relation at the rule's instant (or the literal's own). `due` holds the instants at which the head is to
 * hold, whether or not its node is away then: two if a message is duplicated, none if it is lost.
 */
export interface Recorder {
  /** A rule without aggregates fired. */
  firing(
    rule: RuleId,
    instant: number,
    binding: Int32Array,
    matched: Int32Array,
    head: Int32Array,
    due: readonly Due[],
  ): void;
  /** A binding contributes to a group of an aggregate rule. */
  contribution(rule: RuleId, instant: number, group: number, binding: Int32Array, matched: Int32Array): void;
  /** The group's result. */
  result(rule: RuleId, instant: number, group: number, head: Int32Array, due: readonly Due[]): void;
}
