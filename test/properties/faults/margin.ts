import { liftedBounds } from "../../../src/faults/lifted-bounds.js";
import { formatSchedule } from "../../../src/faults/notation.js";
import { check, prepare } from "../../../src/search/check.js";
import type { Beyond } from "../../../src/search/margin.js";
import { marginOf } from "../../../src/search/margin.js";
import type { CheckResult } from "../../../src/search/verdict.js";
import { loadText } from "../loading.js";
import { failed, passed, skipped } from "../subject.js";
import { numericBudget } from "./checker-engine.js";
import type { FaultProperty } from "./subject.js";

function inWords(found: Beyond["found"]): string {
  return typeof found === "string" ? found : formatSchedule(found.schedule);
}

function ofCheck(result: CheckResult): string {
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return "undecided";
  return result.verdict.kind === "holds" ? "none" : formatSchedule(result.verdict.counterexample.schedule);
}

export const liftedOneByOne: FaultProperty = {
  name: "margin",
  claim: "the margin of what holds has, beyond each bound, the counterexample of a check with that bound lifted",
  check: (subject) => {
    const loaded = loadText(subject.text);
    if ("refused" in loaded) return failed(loaded.refused);
    const options = { ...numericBudget(subject.budget), ...subject.names };
    const { setting } = prepare(loaded.program, options);
    if (setting === undefined) return skipped("refused");
    if (ofCheck(check(setting, options)) !== "none") return skipped("violated");
    const { beyond } = marginOf(setting, options);
    const notes = new Set<string>();
    for (const { kind, budget } of liftedBounds(setting.budget)) {
      const found = beyond.find((bound) => bound.kind === kind)?.found ?? "undecided";
      const expected = ofCheck(check({ ...setting, budget }, options));
      if (inWords(found) !== expected)
        return failed(`beyond the bound of ${kind ?? "all"} faults: ${inWords(found)}; a check finds ${expected}`);
      notes.add(typeof found === "string" ? found : "violated");
    }
    return passed(...notes);
  },
};
