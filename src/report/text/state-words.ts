import type { ColumnState } from "../../evidence/space-time.js";
import { crash } from "../../faults/node-faults.js";
import { periodInWords } from "../../wording/instants.js";

interface StateWords {
  /** Beside the mark where it begins. */
  readonly label: string;
  /** The same as a predicate. */
  readonly begins: string;
  /** Where it ends. */
  readonly ends?: string;
  /** In a sentence. */
  sentence(node: string, state: ColumnState): string;
}

/** The words for the state of a node that is not up. */
export const stateWords: Readonly<Record<ColumnState["kind"], StateWords>> = {
  crashed: { label: crash.noun, begins: "crashes", sentence: (node, { from }) => `${node} crashes at ${from}` },
  down: {
    label: "down",
    begins: "goes down",
    ends: "restarts",
    sentence: (node, state) => `${node} is down at ${periodInWords(state)}`,
  },
  still: {
    label: "still",
    begins: "pauses",
    ends: "continues",
    sentence: (node, state) => `${node} is paused at ${periodInWords(state)}`,
  },
};
