import { check } from "../../src/search/check.js";
import type { AdequacyWarning } from "../../src/search/verdict.js";
import type { Instant } from "../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import { allSchedules } from "../reference/space.js";
import type { Property, Subject } from "./subject.js";
import { failed, isListable, passed, skipped } from "./subject.js";

/** So many schedules are run for it. */
const few = 400;

/** What the executions of a budget have in common. */
interface Observed {
  /** `pre`, or the outcomes, without faults. */
  readonly promisedWithoutFaults: boolean;
  /** The same under some schedule with a fault; undefined where there is none. */
  readonly promisedUnderFaults: boolean | undefined;
  readonly fired: ReadonlySet<number>;
  readonly strays: ReadonlySet<string>;
  readonly losable: boolean;
}

export const adequacyWarnings: Property = {
  name: "warnings",
  claim: "a `holds` that may be vacuous is said to be, for the reasons that running every schedule shows",
  check: (subject) => {
    if (!isListable(subject.budget, few)) return skipped("too large");
    const result = check(subject.setting, {});
    if (result.kind === "error" || result.verdict.kind !== "holds") return skipped("no holds");
    const observed = observe(subject);
    if (observed === undefined) return skipped("errors");
    const found = result.verdict.warnings
      .filter((w) => w.kind !== "unsettled")
      .flatMap(showWarning)
      .sort();
    const expected = expectedWarnings(subject, observed);
    // That no schedule of the budget makes a rule fire may take a proof that nobody asks of a warning.
    const unsaid = expected.filter((w) => !found.includes(w));
    const wrong = found.some((w) => !expected.includes(w)) || unsaid.some((w) => !w.startsWith("rule-never-fires"));
    if (wrong) return failed(`warnings: ${found.join()}; expected ${expected.join()}`);
    return passed(
      ...new Set(found.map((w) => w.split(" ")[0] ?? "")),
      ...(unsaid.length > 0 ? ["rule-never-fires left unsaid"] : []),
    );
  },
};

function observe(subject: Subject): Observed | undefined {
  const { budget, reference } = subject;
  const fired = new Set<number>();
  const strays = new Set<string>();
  let withoutFaults = false;
  let underFaults: boolean | undefined;
  let losable = false;
  for (const schedule of allSchedules(budget)) {
    const run = evaluateProgram(reference, { ...budget, schedule }, (rule) => fired.add(reference.rules.indexOf(rule)));
    if (run.kind !== "model") return undefined;
    const promises = promised(subject, run.instants);
    if (schedule.length === 0) withoutFaults = promises;
    else underFaults = promises || underFaults === true;
    for (const { from, tuple, sent, rule } of run.messages) {
      const isNode = (place: unknown): boolean => budget.nodes.some((node) => node === place);
      const index = reference.rules.indexOf(rule);
      if (!isNode(from)) strays.add(`message-to-non-node ${index} from ${String(from)}`);
      else if (!isNode(tuple[0])) strays.add(`message-to-non-node ${index} to ${String(tuple[0])}`);
      else if (from !== tuple[0] && sent < budget.eff) losable = true;
    }
  }
  return { promisedWithoutFaults: withoutFaults, promisedUnderFaults: underFaults, fired, strays, losable };
}

function promised({ specification }: Subject, instants: readonly Instant[]): boolean {
  const relations = specification.kind === "implication" ? [specification.pre] : specification.relations;
  return relations.some((relation) => tuplesAt(instants, relation, instants.length).size > 0);
}

function expectedWarnings(subject: Subject, observed: Observed): readonly string[] {
  const { specification, budget, reference } = subject;
  const { promisedWithoutFaults, promisedUnderFaults, fired, strays, losable } = observed;
  const expected = [...strays];
  if (!promisedWithoutFaults) expected.push("vacuous");
  else if (specification.kind === "implication" && promisedUnderFaults === false) expected.push("vacuous-under-faults");
  if (budget.crashes === 0 && !losable) expected.push("nothing-to-lose");
  reference.rules.forEach((_, i) => {
    if (!fired.has(i)) expected.push(`rule-never-fires ${i}`);
  });
  return expected.sort();
}

function showWarning(w: AdequacyWarning): readonly string[] {
  switch (w.kind) {
    case "rule-never-fires":
      return w.rules.map((rule) => `${w.kind} ${rule}`);
    case "message-to-non-node":
      return [`${w.kind} ${w.rule} ${w.end} ${w.place}`];
    default:
      return [w.kind];
  }
}
