import type { Search } from "./search.js";
import type { Outcome } from "./search.js";
import { Stopped } from "./limits.js";

export function alternation(search: Search): Outcome {
  throw new Stopped("memory", `alternation is not there yet (${search.known.executions})`);
}
