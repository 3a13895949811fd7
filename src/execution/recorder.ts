import type { RuleId } from "../program/program.js";

/** An instant at which the head of a firing is to hold. */
export interface Due {
  readonly at: number;
}

/**
 * The hook to which a concrete execution reports its derivations. Absent, it costs a test. The arrays are reused
 * by the evaluator: a recorder copies what it keeps. Positions are those of the snapshots: `matched` by literal of
 * the body, in the snapshot of the literal's relation at the rule's instant (or the literal's own). `due` says when the head is to
 * hold, whether or not its node is there then: more than once if a message comes twice, never if it is lost.
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
