import type { Budget } from "./protocol.js";

/** A step of the tutorial: a text, and the program and budget to try. docs/tutorial.md is the long version. */
export interface TutorialStep {
  readonly title: string;
  readonly text: readonly string[];
  readonly path: string;
  readonly budget: Budget;
}

export const tutorialSteps: readonly TutorialStep[] = [
  {
    title: "1. Best effort",
    text: [
      "Node a has a message for b and c. A fact holds at one instant. A rule ending in @async sends a message, which arrives one instant later, unless it is lost. A rule ending in @next carries a tuple to the next instant.",
      "pre says what is promised, and post what is kept: if a correct node has logged the message, every correct node must have. Time ends at 4; messages sent before 2 may be lost.",
    ],
    path: "programs/delivery/simple.ded",
    budget: { eot: 4, eff: 2 },
  },
  {
    title: "2. Send it again",
    text: [
      "The sender repeats its message at every instant. Losses before instant 5 do no harm as long as a is up. But let the message reach c, lose the copy for b, and crash a: then no node sends it to b.",
    ],
    path: "programs/delivery/retry.ded",
    budget: { eot: 4, eff: 2, crashes: 1 },
  },
  {
    title: "3. Pass it on",
    text: [
      "A node that gets the message for the first time sends it to all nodes. A crash of a is harmless now. How can the protocol still be broken? Attack it by hand first, then let the check do it.",
    ],
    path: "programs/delivery/classic.ded",
    budget: { eot: 5, eff: 3 },
  },
  {
    title: "4. Both",
    text: [
      "Every node that has the message sends it to all nodes at every instant. This survives every schedule of the budget: losses before 2, and a crash of any node at any instant. The verdict is a proof over the budget.",
    ],
    path: "programs/delivery/redundant.ded",
    budget: { eot: 4, eff: 2, crashes: 1 },
  },
  {
    title: "5. Until it is answered",
    text: [
      "Repeating forever is expensive. With acknowledgements a node stops once it has been answered. Look at the messages: when does each node stop sending? And does it hold with two crashes?",
    ],
    path: "programs/delivery/ack.ded",
    budget: { eot: 8, eff: 7, crashes: 1 },
  },
];
