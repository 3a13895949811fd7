import type { RuleId } from "../program/program.js";

/**
 * The hook to which a concrete execution reports its derivations. Absent, it costs a test. The arrays are reused
 * by the evaluator: a recorder copies what it keeps. Positions are those of the snapshots: `matched` by literal of
 * the body, in the snapshot of the literal's relation at the rule's instant (or the literal's own).
 */
export interface Recorder {
  /** A rule without aggregates fired. `target` is the position of the head tuple, −1 when its message was lost. */
  firing(rule: RuleId, instant: number, binding: Int32Array, matched: Int32Array, target: number): void;
  /** A binding contributes to a group of an aggregate rule. */
  contribution(rule: RuleId, instant: number, group: number, binding: Int32Array, matched: Int32Array): void;
  /** The group's result. */
  result(rule: RuleId, instant: number, group: number, target: number): void;
}
