import type { ColumnState } from "../../evidence/space-time.js";

interface StateWords {
  /** Beside the mark where it begins. */
  readonly label: string;
  /** In a sentence. */
  sentence(node: string, state: ColumnState): string;
}

/** What befalls a node, by the state that it is in. */
export const stateWords: Readonly<Record<ColumnState["kind"], StateWords>> = {
  crashed: { label: "crash", sentence: (node, { from }) => `${node} crashes at ${from}` },
};
