import { admitsSchedule } from "../../../src/faults/admission.js";
import { formatSchedule } from "../../../src/faults/notation.js";
import type { CheckOptions } from "../../../src/search/check.js";
import { check, prepare } from "../../../src/search/check.js";
import { loadText } from "../loading.js";
import { failed, passed, skipped } from "../subject.js";
import { numericBudget } from "./checker-engine.js";
import type { FaultProperty } from "./subject.js";

export const interim: FaultProperty = {
  name: "interim",
  claim: "a check that is stopped while it looks for the fewest faults has a violation of the budget, with no fewer",
  check: (subject) => {
    const loaded = loadText(subject.text);
    if ("refused" in loaded) return failed(loaded.refused);
    const options: CheckOptions = { ...numericBudget(subject.budget), ...subject.names };
    const { setting } = prepare(loaded.program, options);
    if (setting === undefined) return skipped("refused");
    const whole = check(setting, options);
    if (whole.kind === "error" || whole.verdict.kind !== "violated") return passed("not violated");
    const fewest = whole.verdict.counterexample.schedule;
    if (fewest.length === 0) return passed("violated without faults");
    let isViolated = false;
    const stopped = check(setting, {
      ...options,
      onProgress: (progress) => {
        isViolated ||= progress.kind === "solving" && progress.isViolated;
      },
      interrupted: () => isViolated,
    });
    if (stopped.kind === "error") return failed("ends in an error");
    const { verdict } = stopped;
    if (verdict.kind !== "violated") return failed(`is ${verdict.kind}`);
    const { schedule, execution, witnesses } = verdict.counterexample;
    const words = formatSchedule(schedule);
    if (verdict.smallest || verdict.unfinished?.reason !== "interrupted")
      return failed("does not say that it was stopped");
    if (witnesses.length === 0 || formatSchedule(execution.schedule) !== words) return failed(`${words} was not run`);
    if (!admitsSchedule(setting.budget, schedule)) return failed(`${words} is not in the budget`);
    if (schedule.length < fewest.length) return failed(`${words} has fewer faults than ${formatSchedule(fewest)}`);
    return passed("violated", ...new Set(schedule.map(({ kind }) => kind)));
  },
};
