import type { Stopped } from "../execution/stopped.js";
import type { HuntOptions } from "./options.js";
import { textsOfKinds } from "./options.js";
import { HuntRecord } from "./record.js";
import type { HuntResult } from "./result.js";

/** The result of a hunt that could not begin. */
export function notBegun(reason: Stopped, options: HuntOptions): HuntResult {
  const { budget, reach } = options;
  const facts = {
    ...{ budget, kinds: textsOfKinds(options), reach, sets: 1, calls: new Map(), unstable: [], contradictions: [] },
    ...new HuntRecord([]).facts(),
  };
  return { verdict: { kind: "inconclusive", stopped: reason }, facts };
}
