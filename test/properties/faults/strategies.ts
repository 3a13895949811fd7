import type { StrategyName } from "../../../src/search/verdict.js";
import type { Finding } from "../subject.js";
import { failed, passed } from "../subject.js";
import { showAnswer } from "./agreement.js";
import type { CheckAnswer } from "./engine.js";
import type { FaultProperty } from "./subject.js";

/** What two exact strategies have to agree on: `alternate` need not find the first of the smallest schedules. */
function essence(answer: CheckAnswer, strategy: StrategyName): string {
  if (strategy !== "alternate" || answer.kind !== "violated") return showAnswer(answer);
  return `violated by ${answer.schedule.length}`;
}

export const strategies: FaultProperty = {
  name: "strategies",
  claim: "all strategies come to the same, under faults of every kind and any inputs",
  check: (subject, engine): Finding => {
    const answer = engine.check(subject.question);
    const said: string[] = [];
    for (const strategy of ["exhaustive", "alternate"] as const) {
      const other = engine.check(subject.question, strategy);
      if (other.kind === "undecided") {
        said.push(`${strategy} undecided`);
        continue;
      }
      const [found, expected] = [essence(other, strategy), essence(answer, strategy)];
      if (found !== expected) return failed(`${strategy} says ${found}; lineage says ${expected}`);
      said.push(strategy);
    }
    const drawn = engine.check(subject.question, "random");
    const problem = contradiction(drawn, answer);
    if (problem !== undefined)
      return failed(`random says ${showAnswer(drawn)}, ${problem}; lineage ${showAnswer(answer)}`);
    return passed(...said, `random ${drawn.kind}`);
  },
};

/** `random` proves nothing and need not find what there is; what it finds has to be there, and no smaller than the smallest. */
function contradiction(drawn: CheckAnswer, answer: CheckAnswer): string | undefined {
  switch (drawn.kind) {
    case "undecided":
      return undefined;
    case "holds":
      return "which it cannot know";
    case "error":
      return answer.kind === "holds" ? "where there is none" : undefined;
    case "violated":
      if (answer.kind !== "violated") return "where nothing violates";
      return drawn.schedule.length < answer.schedule.length ? "which is smaller than the smallest" : undefined;
  }
}
