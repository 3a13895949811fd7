import { formatSchedule } from "../../../src/faults/notation.js";
import type { Finding } from "../subject.js";
import { failed, passed } from "../subject.js";
import { showAnswer } from "./agreement.js";
import { eliminatingEngine } from "./connected-engine.js";
import type { CheckQuestion, Engine } from "./engine.js";
import type { FaultProperty } from "./subject.js";

function inWords(engine: Engine, question: CheckQuestion): string {
  const minimal = engine.minimal(question)?.map((schedule) => formatSchedule(schedule));
  return `${showAnswer(engine.check(question))}; minimal: ${minimal?.join(" or ") ?? "unknown"}`;
}

export const faultyElimination: FaultProperty = {
  name: "elimination",
  claim: "with the variables of every question eliminated, the verdict and the minimal schedules are the same",
  check: ({ question }, engine): Finding => {
    const [found, expected] = [inWords(eliminatingEngine, question), inWords(engine, question)];
    return found === expected
      ? passed(engine.check(question).kind)
      : failed(`${found}; without elimination ${expected}`);
  },
};
