import type { Options } from "./options/table.js";

/** Whether every budget of some ranges is asked for, instead of growing ones. */
export function asksForFrontier({ eot, eff, crashes }: Options<"sweep", "ranges">): boolean {
  return (
    eot !== undefined ||
    eff !== undefined ||
    (crashes !== undefined && (crashes.from === undefined || crashes.from !== crashes.to))
  );
}
