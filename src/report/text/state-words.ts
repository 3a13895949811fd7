import type { ColumnState } from "../../evidence/space-time.js";
import { crash } from "../../faults/node-faults.js";
import { periodInWords } from "../../wording/instants.js";

interface StateWords {
  /** Beside the mark where it begins. */
  readonly label: string;
  /** In a sentence. */
  sentence(node: string, state: ColumnState): string;
}

/** The words for the state of a node that is not up. */
export const stateWords: Readonly<Record<ColumnState["kind"], StateWords>> = {
  crashed: { label: crash.noun, sentence: (node, { from }) => `${node} crashes at ${from}` },
  down: { label: "down", sentence: (node, state) => `${node} is down at ${periodInWords(state)}` },
  still: { label: "still", sentence: (node, state) => `${node} stands still at ${periodInWords(state)}` },
};
