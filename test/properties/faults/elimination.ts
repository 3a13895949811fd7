import { formatSchedule } from "../../../src/faults/notation.js";
import type { Finding } from "../subject.js";
import { failed, passed } from "../subject.js";
import { showAnswer } from "./agreement.js";
import { eliminatingEngine } from "./connected-engine.js";
import type { CheckQuestion, Engine } from "./engine.js";
import type { FaultProperty } from "./subject.js";

/** The kind of the answer, and all of it in words. */
function answered(engine: Engine, question: CheckQuestion): { readonly kind: string; readonly words: string } {
  const answer = engine.check(question);
  const minimal = engine.minimal(question)?.map((schedule) => formatSchedule(schedule));
  return { kind: answer.kind, words: `${showAnswer(answer)}; minimal: ${minimal?.join(" or ") ?? "unknown"}` };
}

export const faultyElimination: FaultProperty = {
  name: "elimination",
  claim: "with the variables of every question eliminated, the verdict and the minimal schedules are the same",
  check: ({ question }, engine): Finding => {
    const [found, expected] = [answered(eliminatingEngine, question), answered(engine, question)];
    return found.words === expected.words
      ? passed(expected.kind)
      : failed(`${found.words}; without elimination ${expected.words}`);
  },
};
