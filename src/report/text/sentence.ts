import type { RuleId } from "../../program/program.js";

/** A sentence, and the sentences that give its reasons. */
export interface Sentence {
  readonly text: string;
  readonly children: readonly Sentence[];
  /** The rule that it is about. */
  readonly rule?: RuleId;
  /** Set for the direct effect of a fault, which ends a line of reasons. */
  readonly fault?: true;
}

/** A sentence without reasons. */
export function leaf(text: string): Sentence {
  return { text, children: [] };
}
