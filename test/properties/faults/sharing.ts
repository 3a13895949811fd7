import type { Budget } from "../../../src/faults/budget.js";
import { budget as budgetOf } from "../../../src/faults/budget.js";
import { formatSchedule } from "../../../src/faults/notation.js";
import type { AllSchedules } from "../../../src/lineage/all-schedules.js";
import { buildAllSchedules } from "../../../src/lineage/all-schedules.js";
import { commonInstants } from "../../../src/lineage/common-instants.js";
import { SharedBuilds } from "../../../src/lineage/shared-builds.js";
import type { Program } from "../../../src/program/program.js";
import { randomNumbers, randomSchedule } from "../../../src/search/random.js";
import { loadText } from "../loading.js";
import type { Random } from "../random.js";
import type { Finding } from "../subject.js";
import { failed, passed, skipped } from "../subject.js";
import { numericBudget } from "./checker-engine.js";
import type { FaultProperty } from "./subject.js";

const MAX_TUPLES = 20_000;

/** What is there at the end of time under a schedule, with the inputs that hold by default. */
function reading(all: AllSchedules, program: Program, { eot }: Budget, assignment: (id: number) => boolean): string {
  const possible = program.relations.flatMap(({ id, name }) =>
    all.possible(id, eot).map(({ args, annotation }) => ({ shown: `${name}(${args.join()})`, annotation })),
  );
  const annotations = [all.failing, ...possible.map(({ annotation }) => annotation)];
  const [errs, ...present] = all.graph.evaluate(annotations, assignment);
  if (errs === true) return "error";
  const shown = possible.flatMap((tuple, i) => (present[i] === true ? [tuple.shown] : []));
  return shown.sort().join(" ");
}

/** The budget with another EOT and EFF near its own, as a sweep takes them. */
function nearby(b: Budget, random: Random): Budget {
  const eot = Math.min(8, Math.max(1, b.eot + random.integer(-1, 2)));
  const eff = Math.min(eot + 2, Math.max(0, b.eff + random.integer(-1, 2)));
  return budgetOf(b.nodes, eot, eff, b);
}

export const sharedInstants: FaultProperty = {
  name: "sharing",
  claim: "the lineage of a budget built upon that of another is the one built from nothing, for faults of every kind",
  check: (subject, _engine, random): Finding => {
    const loaded = loadText(subject.text);
    if ("refused" in loaded) return skipped("refused");
    const { program } = loaded;
    const shared = new SharedBuilds(program, MAX_TUPLES);
    const numbers = randomNumbers(subject.case.seed);
    const { nodes, eot, eff } = subject.budget;
    let b = budgetOf(nodes, eot, eff, numericBudget(subject.budget));
    let taken = 0;
    for (let i = 0; i < 5; i++) {
      const fresh = buildAllSchedules(program, b, { maxTuples: MAX_TUPLES, keepAll: false });
      const built = shared.build(b);
      if (fresh.kind !== "built" || built.kind !== "built") return skipped("too large");
      for (let k = 0; k < 12; k++) {
        const schedule = k === 0 ? [] : randomSchedule(b, numbers);
        const found = reading(built, program, b, built.graph.variables.assignment(schedule));
        const expected = reading(fresh, program, b, fresh.graph.variables.assignment(schedule));
        if (found !== expected)
          return failed(
            `step ${i}, EOT ${b.eot} EFF ${b.eff}, under ${formatSchedule(schedule)}: {${found}}; from nothing {${expected}}`,
          );
      }
      const next = nearby(b, random);
      if (commonInstants(program, b, next) > 0) taken++;
      b = next;
    }
    return passed(taken === 0 ? "nothing in common" : "something in common");
  },
};
