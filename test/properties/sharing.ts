import type { Budget } from "../../src/faults/budget.js";
import { budget as budgetOf } from "../../src/faults/budget.js";
import type { Schedule } from "../../src/faults/schedule.js";
import type { AllSchedules, Build } from "../../src/lineage/all-schedules.js";
import { buildAllSchedules } from "../../src/lineage/all-schedules.js";
import { commonInstants } from "../../src/lineage/common-instants.js";
import { SharedBuilds } from "../../src/lineage/shared-builds.js";
import type { Program } from "../../src/program/program.js";
import { loadText } from "./loading.js";
import type { Random } from "./random.js";
import { tuplesUnder } from "./readings.js";
import type { Property, Subject } from "./subject.js";
import { failed, passed, randomSchedule } from "./subject.js";

/** The tuples of the last instant under each schedule, or that the run errs, or why there is nothing to read. */
function readings(all: Build, program: Program, { eot }: Budget, schedules: readonly Schedule[]): readonly string[] {
  if (all.kind !== "built") return [all.detail];
  return schedules.map((schedule) => {
    const assignment = all.graph.variables.assignment(schedule);
    if (all.graph.evaluate([all.failing], assignment)[0] === true) return "error";
    return program.relations
      .flatMap(({ id, name }) =>
        tuplesUnder(all, all.possible(id, eot), assignment).map((args) => `${name}(${args.join()})`),
      )
      .sort()
      .join(" ");
  });
}

/** Another budget, near the last one more often than not. */
function nearby({ eot, eff, crashes }: Budget, nodes: readonly string[], random: Random): Budget {
  const step = (n: number, least: number, most: number): number =>
    Math.min(most, Math.max(least, n + random.integer(-1, 2)));
  const longer = step(eot, 1, 7);
  return budgetOf(
    nodes,
    longer,
    random.chance(0.3) ? eff : step(Math.min(eff, longer), 0, longer),
    random.chance(0.8) ? crashes : random.integer(0, Math.min(2, nodes.length)),
  );
}

/** The program with a relation besides that remembers who is known to crash: generated programs seldom have one. */
function remembering(subject: Subject): Program {
  const loaded = loadText(
    `${subject.text}\nnoticed(N, M)@next :- crash(N, M, _);\nnoticed(N, M)@next :- noticed(N, M);\n`,
  );
  return "refused" in loaded ? subject.program : loaded.program;
}

export const sharedBuilds: Property = {
  name: "sharing",
  claim: "the lineage of a budget built upon that of another is the one built from nothing",
  check: (subject, random) => {
    const program = random.chance(0.3) ? remembering(subject) : subject.program;
    const { mostResults } = subject.setting;
    const shared = new SharedBuilds(program, 20_000, undefined, mostResults);
    const { nodes } = subject.budget;
    let budget: Budget = random.chance(0.5)
      ? subject.setting.budget
      : { ...subject.setting.budget, crashes: Math.min(1, nodes.length) };
    let taken = 0;
    for (let i = 0; i < 5; i++) {
      const last =
        budget.crashes === 0
          ? []
          : nodes.slice(0, 3).map((node): Schedule => [{ kind: "crash", node, at: budget.eot }]);
      const schedules = [[], ...last, ...Array.from({ length: 10 }, () => randomSchedule(budget, random))];
      const fresh = buildAllSchedules(program, budget, { maxTuples: 20_000, keepAll: false, mostResults });
      const expected = readings(fresh, program, budget, schedules);
      const built = shared.build(budget);
      const found = readings(built, program, budget, schedules);
      const show = `step ${i}, at eot ${budget.eot} eff ${budget.eff} crashes ${budget.crashes}`;
      const wrong = found.findIndex((line, k) => line !== expected[k]);
      if (wrong >= 0) return failed(`${show}: {${found[wrong]}}; from nothing {${expected[wrong]}}`);
      if (built.kind === "built" && fresh.kind === "built") {
        if (places(built).join() !== places(fresh).join()) return failed(`${show}: other messages are undeliverable`);
      }
      const next = nearby(budget, nodes, random);
      if (commonInstants(program, budget, next) > 0) taken++;
      budget = next;
    }
    return passed(taken === 0 ? "nothing in common" : "something in common");
  },
};

function places(all: AllSchedules): readonly string[] {
  return all.undeliverable.map(({ rule, place, end }) => `${rule} ${end} ${typeof place} ${place}`).sort();
}
