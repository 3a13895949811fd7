import { formatSchedule } from "../../../src/faults/notation.js";
import { buildAllSchedules } from "../../../src/lineage/all-schedules.js";
import { withoutImpossible } from "../../../src/lineage/impossible.js";
import { prepare } from "../../../src/search/check.js";
import { randomNumbers, randomSchedule } from "../../../src/search/random.js";
import { loadText } from "../loading.js";
import { failed, passed, skipped } from "../subject.js";
import { numericBudget } from "./checker-engine.js";
import type { FaultProperty } from "./subject.js";

const MAX_TUPLES = 20_000;

export const impossibleRemoved: FaultProperty = {
  name: "impossible",
  claim: "every annotation has the same value under every schedule without what is impossible, and no more variables",
  check: (subject) => {
    const loaded = loadText(subject.text);
    if ("refused" in loaded) return skipped("refused");
    const { setting } = prepare(loaded.program, { ...numericBudget(subject.budget), ...subject.names });
    if (setting === undefined) return skipped("refused");
    const { program, budget, memory } = setting;
    const all = buildAllSchedules(program, budget, { maxTuples: MAX_TUPLES, keepAll: true, memory });
    if (all.kind !== "built") return skipped("too large");
    const { graph } = all;
    const tuples = program.relations.flatMap(({ id }) =>
      Array.from({ length: budget.eot }, (_, i) => all.possible(id, i + 1)).flat(),
    );
    const before = [all.failing, ...tuples.map(({ annotation }) => annotation)];
    const after = withoutImpossible(graph, before, 0);
    const variables = new Set(graph.inputsOf(before));
    if (graph.inputsOf(after).some((variable) => !variables.has(variable))) return failed("mentions another variable");
    const numbers = randomNumbers(subject.case.seed);
    for (let i = 0; i < 40; i++) {
      const schedule = i === 0 ? [] : randomSchedule(budget, numbers);
      const assignment = graph.variables.assignment(schedule);
      const [expected, found] = [graph.evaluate(before, assignment), graph.evaluate(after, assignment)];
      const other = expected.findIndex((value, k) => value !== found[k]);
      if (other >= 0) return failed(`annotation ${before[other]} has another value under ${formatSchedule(schedule)}`);
    }
    return passed(after.some((annotation, i) => annotation !== before[i]) ? "rewritten" : "nothing was impossible");
  },
};
