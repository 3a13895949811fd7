import type { Options } from "./options/table.js";

/** Whether the options ask for every budget in some ranges instead of growing bounds. */
export function asksForFrontier({ eot, eff, crashes }: Options<"sweep", "ranges">): boolean {
  return (
    eot !== undefined ||
    eff !== undefined ||
    (crashes !== undefined && (crashes.from === undefined || crashes.from !== crashes.to))
  );
}
