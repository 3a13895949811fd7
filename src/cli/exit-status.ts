/** How a command ended, as a shell sees it. */
export type ExitStatus = 0 | 1 | 2 | 3 | 70;

/** The outcomes that an exit status tells apart. */
export type Outcome =
  /** Nothing in the budget violates; every expectation is met; the question is answered. */
  | "holds"
  /** A counterexample; an expectation that is not met; with `--strict`, a warning. */
  | "violated"
  /** The program or the command line is wrong: nothing was decided. */
  | "wrong-input"
  /** A limit or an interruption came first. */
  | "inconclusive"
  /** A bug in ldfi. */
  | "bug";

export function exitStatus(outcome: Outcome): ExitStatus {
  switch (outcome) {
    case "holds":
      return 0;
    case "violated":
      return 1;
    case "wrong-input":
      return 2;
    case "inconclusive":
      return 3;
    case "bug":
      return 70;
    default: {
      const never: never = outcome;
      return never;
    }
  }
}
