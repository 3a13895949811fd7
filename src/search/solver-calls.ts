import type { OnCall } from "../solving/hypotheses.js";
import type { InterimViolation } from "./found-violation.js";
import type { Watchdog } from "./limits.js";
import type { Known, Progress } from "./verdict.js";

/** A search that asks the solver. */
interface Asking {
  readonly watchdog: Watchdog;
  readonly known: Known;
  /** The size of the question, if it is the one whose answer decides. */
  readonly question: (() => { readonly clauses?: number | undefined }) | undefined;
  readonly interim: InterimViolation | undefined;
  ruleOut(faults: number): void;
  announce(progress: Progress): void;
}

/** Records what is ruled out, polls the limits, and announces the call of the solver, with its conflicts while it takes long. */
export function announcing(search: Asking): OnCall {
  let start = 0;
  return (atMost, ruledOut, conflicts) => {
    const { watchdog } = search;
    search.ruleOut(ruledOut);
    if (conflicts === undefined) start = watchdog.elapsed;
    const end = watchdog.poll();
    if (end !== undefined) return end;
    const clauses = search.question?.().clauses;
    const seconds = Math.max(1, watchdog.elapsed - start) / 1000;
    search.announce({
      kind: "solving",
      known: search.known,
      atMost,
      isViolated: search.interim?.isKnown === true,
      ...(clauses === undefined ? {} : { clauses }),
      ...(conflicts === undefined ? {} : { proof: { conflicts, perSecond: Math.round(conflicts / seconds) } }),
    });
    return undefined;
  };
}
