import { Varying } from "../../src/execution/varying.js";
import { boundRows } from "../../src/faults/bounds.js";
import { formatSchedule } from "../../src/faults/notation.js";
import { buildAllSchedules } from "../../src/lineage/all-schedules.js";
import { check, prepare } from "../../src/search/check.js";
import type { CheckResult } from "../../src/search/verdict.js";
import { annotationReadings } from "./annotations.js";
import { breaking } from "./breaking.js";
import { certificates } from "./certificates.js";
import { elimination } from "./elimination.js";
import type { Case } from "./generator/generate.js";
import { generateSums } from "./generator/sums.js";
import { loadText } from "./loading.js";
import { traitsOf } from "./mix.js";
import { modelEquality } from "./model.js";
import { fewestToReach } from "./reach.js";
import { sharedBuilds } from "./sharing.js";
import { reductions } from "./shrink.js";
import type { Property, Subject } from "./subject.js";
import { failed, passed, skipped, subjectOf } from "./subject.js";
import type { Suite } from "./suite.js";
import { examiner, propertiesNamed } from "./suite.js";
import { lineageVerdict, minimalCounterexamples, otherStrategies } from "./verdicts.js";
import { adequacyWarnings } from "./warnings.js";

/** A property that knows neither `reach` lines nor promises with names. */
function withoutLines(property: Property): Property {
  const applies = ({ case: { draft }, program }: Subject): boolean =>
    draft.directives === undefined && program.relationByName.get("never") === undefined;
  return {
    ...property,
    check: (subject, random) => (applies(subject) ? property.check(subject, random) : skipped("other lines")),
  };
}

const bounds = boundRows.flatMap(({ bound }) => (bound === "lateness" || bound === "maxFaults" ? [] : [bound]));

/** A budget of two kinds of faults, one of each, open inputs and durable relations; what all of its executions show, one by one. */
const everyKind: Property = {
  name: "kinds",
  claim:
    "under faults of every kind and with open inputs, the verdict and its smallest counterexample are those that running all finds",
  check: ({ case: { draft, nodes }, text }, random) => {
    const heads = draft.statements.flatMap((s) =>
      s.kind === "rule" && /^(r\d|paid|amount)$/.test(s.head.relation) ? [s.head.relation] : [],
    );
    const lines = [
      ...[...new Set(random.some(heads, 0.4))].map((name) => `//! durable ${name}`),
      ...random.some(
        [1, 2].map((v) => `//! maybe amount("${nodes[0]}", "z${v}", ${v * 2})@${v}`),
        0.5,
      ),
    ];
    const loaded = loadText(`${lines.map((line) => `${line}\n`).join("")}${text}`);
    if ("refused" in loaded) return skipped(loaded.refused);
    const [one, other] = [random.pick(bounds), random.pick(bounds)];
    const options = { nodes, eot: 4, eff: 4, crashes: 0, omissions: 0, [one]: 1, [other]: 1 };
    const { setting } = prepare(loaded.program, options);
    if (setting === undefined) return skipped("refused");
    const found = check({ ...setting, mostResults: 0 }, {});
    const listed = check(setting, { strategy: "exhaustive", maxRuns: 4000 });
    if (listed.kind === "verdict" && listed.verdict.kind === "inconclusive") return skipped("too large");
    const [ours, theirs] = [found, listed].map(inWords);
    if (ours !== theirs) return failed(`${one}, ${other}: ${ours}; exhaustive: ${theirs}\n${lines.join("\n")}`);
    return passed(ours?.split(" ")[0] ?? "", one, other, ...(lines.length > 0 ? ["inputs or durable"] : []));
  },
};

function inWords(result: CheckResult): string {
  if (result.kind === "error") return `error ${formatSchedule(result.error.schedule)}`;
  const { verdict } = result;
  if (verdict.kind !== "violated")
    return `${verdict.kind}${verdict.kind === "inconclusive" ? `: ${verdict.detail}` : ""}`;
  const { schedule, execution } = verdict.counterexample;
  return `violated by ${formatSchedule(schedule)} ${JSON.stringify(execution.inputs)}`;
}

/** What is claimed of programs with sums that vary from schedule to schedule: every such sum is a function of the schedule. */
const properties: readonly Property[] = [
  modelEquality,
  annotationReadings,
  lineageVerdict,
  otherStrategies,
  minimalCounterexamples,
  fewestToReach,
  breaking,
  withoutLines(adequacyWarnings),
  certificates,
  sharedBuilds,
  withoutLines(elimination),
  everyKind,
];

/** Whether some value of the lineage is a function of the schedule. */
function hasVarying({ program, setting }: Subject): boolean {
  const { budget, mostResults } = setting;
  const all = buildAllSchedules(program, budget, { maxTuples: 20_000, keepAll: true, mostResults });
  if (all.kind !== "built") return false;
  const instants = Array.from({ length: budget.eot }, (_, i) => i + 1);
  return program.relations.some(({ id }) =>
    instants.some((t) => all.possible(id, t).some(({ args }) => args.some((arg) => arg instanceof Varying))),
  );
}

export const sumSuite: Suite<Case, Subject, Property> = {
  properties,
  generate: generateSums,
  subjectOf: (c) => {
    const subject = subjectOf(c);
    return "refused" in subject ? subject : { ...subject, setting: { ...subject.setting, mostResults: 0 } };
  },
  examine: examiner(properties),
  reductions,
  traits: (subject) => [...traitsOf(subject), hasVarying(subject) ? "sums: some vary" : "sums: none varies"],
};

/** Examines one property of some seeds: what fails, and in how many programs some sum varies. */
export function examineSums(
  name: string,
  first: number,
  count: number,
): { readonly failures: readonly string[]; readonly varying: number } {
  const failures: string[] = [];
  let varying = 0;
  for (let seed = first; seed < first + count; seed++) {
    const subject = sumSuite.subjectOf(generateSums(seed));
    if ("refused" in subject) throw new Error(subject.refused);
    if (hasVarying(subject)) varying++;
    for (const property of propertiesNamed(sumSuite, [name])) {
      const finding = sumSuite.examine(property, subject, seed);
      if (finding.kind === "failed") failures.push(`seed ${seed}: ${finding.message}\n${subject.text}`);
    }
  }
  return { failures, varying };
}
