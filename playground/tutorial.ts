import type { Budget } from "./protocol.js";

/** A step of the tutorial: what to read, and the program and budget to try. docs/tutorial.md has it at length. */
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
      "Node a has a message for b and c. A fact holds at one instant; a rule ending in @async sends a message, which arrives one instant later, if it arrives; a rule ending in @next is how anything is remembered.",
      "pre says what has been promised, post what has been kept: if a correct node has logged the message, every correct node should. End of time 4; messages sent before 2 may be lost.",
    ],
    path: "programs/delivery/simple.ded",
    budget: { eot: 4, eff: 2 },
  },
  {
    title: "2. Send it again",
    text: [
      "The sender repeats its message at every instant. No loss before instant 5 hurts, as long as a is alive. But let it reach c, lose the copy for b, and crash a: who tells b?",
    ],
    path: "programs/delivery/retry.ded",
    budget: { eot: 4, eff: 2, crashes: 1 },
  },
  {
    title: "3. Pass it on",
    text: [
      "Whoever gets the message for the first time sends it to everybody. A crash of a is harmless now. How is it broken all the same? Attack it by hand first, then let the check do it.",
    ],
    path: "programs/delivery/classic.ded",
    budget: { eot: 5, eff: 3 },
  },
  {
    title: "4. Both",
    text: [
      "Everybody who has the message repeats it to everybody, at every instant. That survives every schedule of the budget: losses before 2, and a crash of any node at any instant. The verdict is a proof over the budget.",
    ],
    path: "programs/delivery/redundant.ded",
    budget: { eot: 4, eff: 2, crashes: 1 },
  },
  {
    title: "5. Until it is answered",
    text: [
      "To repeat for ever is expensive. With acknowledgements a node stops once it has been answered. Look at the messages: when does each node fall silent? And does it hold with two crashes?",
    ],
    path: "programs/delivery/ack.ded",
    budget: { eot: 8, eff: 7, crashes: 1 },
  },
];
