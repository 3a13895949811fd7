import { evaluateProgram } from "../../reference/evaluate.js";
import { showFact } from "../../reference/facts.js";
import { allInputs, factsOf, possibleFacts } from "../../reference/inputs.js";
import { isRestartBuiltIn } from "../../reference/memory.js";
import { compareExecutions } from "../../reference/order.js";
import type { ReferenceProgram } from "../../reference/program.js";
import { definedRelations } from "../../reference/program.js";
import type { Cut, ReferenceFault, ReferenceSchedule } from "../../reference/schedules.js";
import { showSchedule } from "../../reference/schedules.js";
import type { Bound, ReferenceBudget } from "../../reference/space.js";
import { absencesOf, anything, countSchedules, cuts } from "../../reference/space.js";
import type { Draft, DraftRule, DraftStatement } from "../draft.js";
import { print, variable, wildcard } from "../draft.js";
import type { FaultyCase } from "../generator/faulty.js";
import type { Random } from "../random.js";
import type { Finding } from "../subject.js";
import { failed, passed, skipped } from "../subject.js";
import { differenceOf, showAnswer } from "./agreement.js";
import type { CheckAnswer, Engine, RunAnswer } from "./engine.js";
import type { FaultProperty, FaultySubject } from "./subject.js";
import { anyInputs, anySchedule, faultySubject } from "./subject.js";

const counted = [
  "crashes",
  "omissions",
  "delays",
  "duplicates",
  "partitions",
  "partialPartitions",
  "oneWayPartitions",
  "restarts",
  "pauses",
] as const;

export const largerBudgets: FaultProperty = {
  name: "larger",
  claim: "a larger bound never turns `violated` into `holds`, nor a counterexample into a larger one",
  check: ({ question, budget, reference }, engine, random): Finding => {
    const answer = engine.check(question);
    if (answer.kind !== "violated") return skipped(answer.kind);
    const { nodes } = budget;
    const more = random.shuffled(larger(budget)).find((b) => countSchedules(b, reference.inputs, 3000) <= 3000);
    if (more === undefined || (more.crashes ?? 0) > nodes.length) return skipped("too large");
    const again = engine.check({ ...question, budget: more });
    if (again.kind === "undecided") return skipped(again.reason);
    if (again.kind === "violated" && again.schedule.length <= answer.schedule.length) return passed();
    return failed(`${showAnswer(answer)}; with more faults ${showAnswer(again)}; ${JSON.stringify(more)}`);
  },
};

/** The budget with one of its bounds lifted by one, a node less spared, one instant more before EFF. */
function larger(budget: ReferenceBudget): readonly ReferenceBudget[] {
  const lifted = counted.flatMap((bound) => {
    const value: Bound | undefined = budget[bound];
    return value === undefined || value === "any" ? [] : [{ ...budget, [bound]: value + 1 }];
  });
  const { spare, maxFaults, lateness = 1, ...rest } = budget;
  return [
    ...lifted,
    { ...budget, lateness: lateness + 1 },
    ...(spare === undefined ? [] : [{ ...budget, spare: spare.slice(1) }]),
    ...(maxFaults === undefined ? [] : [{ ...budget, maxFaults: maxFaults + 1 }]),
    // Where EFF is past EOT, it is one instant or many.
    ...(rest.eff < rest.eot ? [{ ...budget, eff: rest.eff + 1 }] : []),
  ];
}

export const excludedKinds: FaultProperty = {
  name: "excluded",
  claim: "a bound of 0 is the program without the kind: the same answer, and the same graph node for node",
  check: ({ question, budget }, engine): Finding => {
    const { crashes, omissions = "any", nodes, eot, eff, lateness, maxFaults, spare } = budget;
    const asked = Object.fromEntries(counted.flatMap((b) => (budget[b] === 0 ? [] : [[b, budget[b]]])));
    const isLate = asked.delays !== undefined || asked.duplicates !== undefined;
    const bare: ReferenceBudget = {
      ...asked,
      nodes,
      eot,
      eff,
      crashes,
      omissions,
      ...(lateness === undefined || !isLate ? {} : { lateness }),
      ...(maxFaults === undefined ? {} : { maxFaults }),
      ...(spare === undefined ? {} : { spare }),
    };
    const [zeros, without] = [budget, bare].map((b) => ({ ...question, budget: b }));
    if (zeros === undefined || without === undefined) return skipped("nothing to compare");
    const [found, expected] = [showAnswer(engine.check(zeros)), showAnswer(engine.check(without))];
    if (found !== expected) return failed(`with bounds of 0 ${found}; without them ${expected}`);
    const [graph, other] = [engine.graph(zeros), engine.graph(without)];
    if (graph === undefined || other === undefined) return skipped("nothing is built");
    if (graph !== other) return failed("with bounds of 0 the graph is another");
    const idle = variablesOf.filter(({ of }) => of.every((bound) => asked[bound] === undefined && budget[bound] === 0));
    const mentioned = idle.find(({ name }) => new RegExp(`^input ${name}\\(`, "m").test(graph));
    return mentioned === undefined ? passed() : failed(`the graph mentions ${mentioned.name}, which no fault needs`);
  },
};

/** The variables of the graph, and the bounds that they are made for. */
const variablesOf: readonly { readonly name: string; readonly of: readonly (typeof counted)[number][] }[] = [
  { name: "omit", of: ["omissions"] },
  { name: "late", of: ["delays", "duplicates"] },
  { name: "doubled", of: ["duplicates"] },
  { name: "severed", of: ["partitions", "partialPartitions", "oneWayPartitions"] },
  { name: "down", of: ["crashes"] },
  { name: "restarting", of: ["restarts"] },
  { name: "pausing", of: ["pauses"] },
];

/** The runs of the subject's program, or of another, under schedules that are to come to the same. */
function runs(
  subject: FaultySubject,
  engine: Engine,
  random: Random,
  schedules: readonly ReferenceSchedule[],
  text = subject.text,
): readonly RunAnswer[] {
  const { names, budget, reference } = subject;
  const { nodes, eot } = budget;
  const inputs = factsOf(anyInputs(reference, random)).map(showFact);
  return schedules.map((schedule) => engine.run({ text, nodes, eot, schedule, inputs, ...names }));
}

function alike(
  subject: FaultySubject,
  [found, expected]: readonly RunAnswer[],
  schedules: readonly ReferenceSchedule[],
  but: readonly string[] = [],
): Finding {
  if (found === undefined || expected === undefined) return skipped("nothing to compare");
  const difference = differenceOf(subject, found, expected, but);
  return difference === undefined
    ? passed()
    : failed(`${difference}; under ${schedules.map(showSchedule).join(" and ")}`);
}

export const cutsAsOmissions: FaultProperty = {
  name: "cuts",
  claim: "a partition of any sort is in effect the omissions of what it severs",
  check: (subject, engine, random): Finding => {
    const { nodes, eot } = subject.budget;
    const cut = random.pickOrNone(cuts(anything(nodes, eot)));
    if (cut === undefined) return skipped("no cut");
    const schedules = [[cut], severed(cut)];
    return alike(subject, runs(subject, engine, random, schedules), schedules);
  },
};

function severed({ kind, a, b, at, until }: Cut): ReferenceSchedule {
  const channels = a.flatMap((from) => b.map((to) => [from, to] as const));
  const both = kind === "one-way-partition" ? channels : [...channels, ...channels.map(([f, t]) => [t, f] as const)];
  return both.flatMap(([from, to]) =>
    Array.from({ length: until - at + 1 }, (_, i) => ({ kind: "omission", from, to, at: at + i }) as const),
  );
}

export const latePastTheEnd: FaultProperty = {
  name: "late",
  claim: "a message that is late past the end of time is in effect lost",
  check: (subject, engine, random): Finding => {
    const { nodes, eot } = subject.budget;
    const [from, to] = random.shuffled(nodes);
    if (from === undefined || to === undefined || eot < 2) return skipped("no channel");
    const at = random.integer(1, eot - 1);
    const late: ReferenceFault = { kind: "delay", from, to, at, arrives: eot + 1 };
    const schedules: readonly ReferenceSchedule[] = [[late], [{ kind: "omission", from, to, at }]];
    return alike(subject, runs(subject, engine, random, schedules), schedules);
  },
};

export const nothingBefore: FaultProperty = {
  name: "before",
  claim: "before its instant a fault changes nothing but what depends on `crash`, whatever other faults there are",
  check: (subject, engine, random): Finding => {
    const { budget, reference } = subject;
    const schedule = anySchedule(budget, random);
    const fault = random.pickOrNone(schedule);
    if (fault === undefined || fault.at < 2) return skipped("nothing before it");
    const schedules = [schedule, schedule.filter((f) => f !== fault)];
    const answers = runs(subject, engine, random, schedules);
    if (answers.some(({ kind }) => kind !== "model")) return skipped("an error, perhaps later");
    const before = { ...subject, budget: { ...budget, eot: fault.at - 1 } };
    return alike(before, answers, schedules, foreseeing(reference));
  },
};

/** The relations that depend on `crash`, which holds at every instant. */
function foreseeing({ rules }: ReferenceProgram): readonly string[] {
  const found = new Set(["crash"]);
  for (let before = 0; found.size > before; ) {
    before = found.size;
    for (const { head, atoms } of rules)
      if (atoms.some(({ relation }) => found.has(relation.text))) found.add(head.relation.text);
  }
  return [...found];
}

export const pausesAsRestarts: FaultProperty = {
  name: "pauses",
  claim:
    "a pause is a restart of a program whose every relation is durable, when nothing arrives meanwhile and the program does not read `restart`",
  check: (subject, engine, random): Finding => {
    const { budget, case: c, names } = subject;
    const { nodes, eot } = budget;
    const deaf = withoutRestart(c);
    if (deaf === undefined) return skipped("nothing but restarts");
    const { draft, reference, roles } = deaf;
    const directives = (draft.directives ?? []).filter((line) => !/^\/\/! (durable|forgets) /.test(line));
    const durable = `//! durable ${[...definedRelations(reference)].join(", ")}`;
    const text = print({ ...draft, directives: [...directives, durable] });
    const inputs = anyInputs(reference, random);
    const absences = nodes.flatMap((node) => absencesOf(anything(nodes, eot), node));
    for (const { node, at, until } of random.shuffled(absences).slice(0, 12)) {
      const schedules = (["pause", "restart"] as const).map((kind) => [{ kind, node, at, until }]);
      const paused = evaluateProgram(reference, { nodes, eot, schedule: schedules[0] ?? [], inputs, roles });
      if (paused.kind !== "model") return skipped(paused.kind);
      const arrives = paused.messages.some((m) => m.tuple[0] === node && m.arrivals.some((t) => at <= t && t < until));
      if (arrives) continue;
      const given = factsOf(inputs).map(showFact);
      const answers = schedules.map((schedule) => engine.run({ text, nodes, eot, schedule, inputs: given, ...names }));
      return alike(subject, answers, schedules, isRestartBuiltIn(reference) ? ["restart"] : []);
    }
    return skipped("something always arrives");
  },
};

/** The program without its rules on `restart`; undefined where a line or the specification is then about nothing. */
function withoutRestart(
  c: FaultyCase,
): { draft: Draft; reference: ReferenceProgram; roles: readonly string[] } | undefined {
  const statements = c.draft.statements.filter(
    (s) => s.kind === "fact" || s.body.every((l) => l.kind === "comparison" || l.atom.relation !== "restart"),
  );
  const subject = faultySubject({ ...c, draft: { ...c.draft, statements } });
  if ("refused" in subject) return undefined;
  return { draft: subject.case.draft, reference: subject.reference, roles: subject.specification.roles };
}

export const neverAtTheEnd: FaultProperty = {
  name: "never",
  claim: "`never` with the same body at EOT alone equals the `post` that denies it",
  check: ({ case: c, names, budget, specification }, engine): Finding => {
    const { never } = specification;
    if (never === undefined) return skipped("no never");
    const { pre = "pre", post = "post" } = names;
    const kept = c.draft.statements.filter((s) => ![pre, post].includes(headOf(s)));
    const renamed = kept.map((s): DraftStatement => {
      if (headOf(s) !== never) return s;
      return s.kind === "fact" ? { ...s, relation: wrong } : { ...s, head: { ...s.head, relation: wrong } };
    });
    const columns = renamed.find((s) => headOf(s) === wrong);
    if (columns === undefined) return skipped("no never");
    const args = (columns.kind === "fact" ? columns.args : columns.head.args).map((_, i) => variable(`X${i}`));
    const rule = (relation: string, ...body: DraftRule["body"]): DraftRule => ({
      kind: "rule",
      timing: "now",
      head: { relation, args },
      body,
    });
    const isWrong = { kind: "positive", atom: { relation: wrong, args } } as const;
    const atTheEnd: Draft = {
      ...c.draft,
      statements: [
        ...renamed,
        { kind: "fact", relation: "ending", args: ["date"], at: budget.eot },
        rule("never", isWrong, { kind: "positive", atom: { relation: "ending", args: [wildcard] } }),
      ],
    };
    const denied: Draft = {
      ...c.draft,
      statements: [...renamed, rule("pre", isWrong), rule("post", isWrong, { kind: "negated", atom: isWrong.atom })],
    };
    const [found, expected] = [atTheEnd, denied].map((draft) =>
      showAnswer(engine.check({ text: print(draft), budget })),
    );
    return found === expected
      ? passed(found?.split(" ")[0] ?? "")
      : failed(`never says ${found}; post says ${expected}`);
  },
};

const wrong = "wrong_thing";

function headOf(s: DraftStatement): string {
  return s.kind === "fact" ? s.relation : s.head.relation;
}

export const inputsOneByOne: FaultProperty = {
  name: "inputs",
  claim: "the answer over all inputs is the first of the answers for each, with its facts written into the program",
  check: (subject, engine): Finding => {
    const { case: c, question, reference, budget } = subject;
    const all = allInputs(reference.inputs);
    if (all.length < 2 || all.length > 6) return skipped(all.length < 2 ? "no inputs" : "many inputs");
    const open = new Set(possibleFacts(reference.inputs).map((fact) => fact.relation));
    const lines = (c.draft.directives ?? []).filter((line) => !/^\/\/! (maybe|one-of) /.test(line));
    const answers = all.map((inputs) => {
      const facts = factsOf(inputs).map(
        ({ relation, tuple, instant }) => ({ kind: "fact", relation, args: tuple, at: instant }) as const,
      );
      const draft: Draft = { statements: [...c.draft.statements, ...facts], directives: lines };
      const answer = engine.check({ ...question, text: print(draft), budget });
      return { inputs, answer };
    });
    if ([...open].some((relation) => subject.specification.roles.includes(relation)))
      return skipped("an open specification");
    const violations = answers.flatMap(({ inputs, answer }) =>
      answer.kind === "violated" ? [{ inputs, schedule: answer.schedule }] : [],
    );
    const [first] = violations.sort(compareExecutions);
    const kindsOf = answers.map(({ answer }) => answer.kind);
    if (kindsOf.includes("undecided")) return skipped("undecided");
    const expected: CheckAnswer =
      first !== undefined
        ? { kind: "violated", schedule: first.schedule, inputs: factsOf(first.inputs).map(showFact) }
        : { kind: kindsOf.includes("error") ? "error" : "holds" };
    const found = engine.check(question);
    if (showAnswer(found) === showAnswer(expected)) return passed(found.kind);
    return failed(`${showAnswer(found)}; one by one ${showAnswer(expected)}`);
  },
};
