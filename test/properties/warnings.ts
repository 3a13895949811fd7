import { check, prepare } from "../../src/search/check.js";
import { sweep } from "../../src/search/sweep.js";
import type { AdequacyWarning } from "../../src/search/verdict.js";
import type { Instant } from "../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import { allSchedules } from "../reference/space.js";
import { loadText } from "./loading.js";
import type { Random } from "./random.js";
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
  /** Some message between nodes is sent when it can be lost. */
  readonly losable: boolean;
  /** Some message between nodes is sent that would arrive. */
  readonly sent: boolean;
}

export const adequacyWarnings: Property = {
  name: "warnings",
  claim: "a `holds` that is vacuous is said to be, for the reasons that running every schedule shows",
  check: (subject) => {
    if (!isListable(subject.budget, few)) return skipped("too large");
    const result = check(subject.setting, {});
    if (result.kind === "error" || result.verdict.kind !== "holds") return skipped("no holds");
    const observed = observe(subject);
    if (observed === undefined) return skipped("errors");
    const found = result.verdict.warnings
      .filter((w) => w.kind !== "unsettled" && w.kind !== "relation-never-filled")
      .flatMap(showWarning)
      .sort();
    const expected = expectedWarnings(subject, observed);
    if (mayHearOfCrashes(subject) && !observed.sent && found.includes("nothing-to-lose"))
      expected.push("nothing-to-lose");
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
  let sentAny = false;
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
      else if (from !== tuple[0] && sent < budget.eot) {
        sentAny = true;
        losable ||= sent < budget.eff;
      }
    }
  }
  return {
    promisedWithoutFaults: withoutFaults,
    promisedUnderFaults: underFaults,
    fired,
    strays,
    losable,
    sent: sentAny,
  };
}

function promised({ specification }: Subject, instants: readonly Instant[]): boolean {
  const relations = specification.kind === "implication" ? [specification.pre] : specification.relations;
  return relations.some((relation) => tuplesAt(instants, relation, instants.length).size > 0);
}

function expectedWarnings(subject: Subject, observed: Observed): string[] {
  const { specification, budget, reference } = subject;
  const { promisedWithoutFaults, promisedUnderFaults, fired, strays, losable, sent } = observed;
  const expected = [...strays];
  const isPre = specification.kind === "implication";
  if (!promisedWithoutFaults && !(isPre && promisedUnderFaults === true)) expected.push("vacuous");
  else if (isPre && promisedUnderFaults === false) expected.push("vacuous-under-faults");
  const isTouched = budget.crashes === 0 ? losable : sent || mayHearOfCrashes(subject);
  if (!isTouched) expected.push("nothing-to-lose");
  reference.rules.forEach((_, i) => {
    if (!fired.has(i)) expected.push(`rule-never-fires ${i}`);
  });
  return expected.sort();
}

/** Then a crash may make a difference without a message; whether it does is not looked at. */
function mayHearOfCrashes({ program, budget }: Subject): boolean {
  return (
    budget.crashes > 0 &&
    program.rules.some(({ body }) => body.some((l) => l.kind !== "comparison" && l.relation === program.crash))
  );
}

/**
 * The text, and the name of its antecedent: as it is, or with one that begins late, or that holds something under crashes alone. Of a
 * program without an antecedent, as it is.
 */
function postponed({ text, case: c, specification, budget, program }: Subject, random: Random): PostponedCase {
  const asItIs = { text, pre: c.pre };
  if (specification.kind !== "implication") return asItIs;
  const { pre } = specification;
  const arity = program.relations.find(({ name }) => name === pre)?.arity ?? 0;
  const columns = Array.from({ length: arity }, (_, i) => `V${i}`);
  const atom = (relation: string): string => `${relation}(${columns.join(", ")})`;
  const late = random.integer(2, 4);
  const clock = budget.nodes.map((node) => `since(${JSON.stringify(node)}, 1)@1;`).join(" ");
  return random.pick([
    asItIs,
    { text: `${text}\n${atom("heard")} :- ${atom(pre)}, crash(V0, _, _);\n`, pre: "heard" },
    {
      text: `${text}\n${clock} since(N, T + 1)@next :- since(N, T);\n${atom("due")} :- ${atom(pre)}, since(V0, T), T >= ${late};\n`,
      pre: "due",
    },
  ]);
}

interface PostponedCase {
  readonly text: string;
  readonly pre: string | undefined;
}

export const sweepsLookEverywhere: Property = {
  name: "nothing to check",
  claim: "a sweep that ends because nothing is promised leaves out no check within its bounds that is violated",
  check: (subject, random) => {
    const { text, pre } = postponed(subject, random);
    const loaded = loadText(text);
    if ("refused" in loaded) return skipped("refused");
    const { nodes, crashes } = subject.budget;
    const { post } = subject.case;
    const asked = { nodes, crashes, pre, post };
    const maxEot = random.integer(3, 6);
    const swept = sweep(loaded.program, { ...asked, maxEot, patience: 2 });
    if (swept.kind !== "undecided" || swept.end !== "vacuous") return passed(swept.kind);
    for (let eot = 1; eot <= maxEot; eot++) {
      const options = { ...asked, eot, eff: eot };
      const { setting } = prepare(loaded.program, options);
      const result = setting && check(setting, options);
      if (result?.kind === "verdict" && result.verdict.kind === "violated")
        return failed(`nothing to check up to EOT ${maxEot}; a check at eot ${eot} is violated`);
    }
    return passed(pre === subject.case.pre ? "nothing to check" : `nothing to check: ${pre}`);
  },
};

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
