import type { Cause, Difference } from "../../../src/evidence/difference.js";
import { explainDifference } from "../../../src/evidence/explain-difference.js";
import type { Group, Obstacle, Wanted, Why, WhyNot } from "../../../src/evidence/explanation.js";
import { tupleOf } from "../../../src/evidence/explanation.js";
import type { Traced } from "../../../src/evidence/traced-run.js";
import { why } from "../../../src/evidence/why.js";
import { whyNot } from "../../../src/evidence/why-not.js";
import type { Fate, TupleAt } from "../../../src/execution/execution.js";
import type { Absence } from "../../../src/faults/node-faults.js";
import { runWithProvenance } from "../../../src/lineage/provenance.js";
import type { Memory } from "../../../src/program/memory.js";
import { memoryOf } from "../../../src/program/memory.js";
import type { Program, RuleId, Value } from "../../../src/program/program.js";
import { isAggregate } from "../../../src/program/rule-shape.js";
import type { Instant, ReferenceMessage, Setting } from "../../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../../reference/evaluate.js";
import { memoryOf as referenceMemory } from "../../reference/memory.js";
import { absenceAt } from "../../reference/network.js";
import type { ReferenceProgram } from "../../reference/program.js";
import type { ReferenceSchedule } from "../../reference/schedules.js";
import { isAbsence, isCut, showSchedule } from "../../reference/schedules.js";
import type { Tuple } from "../../reference/values.js";
import { keyOf } from "../../reference/values.js";
import { engineSchedule } from "../engine-schedule.js";
import { loadText } from "../loading.js";
import { failed, passed } from "../subject.js";
import type { FaultProperty, FaultySubject } from "./subject.js";
import { anyInputs, anySchedule } from "./subject.js";

/** So many tuples of a run are asked about. */
const asked = 12;

export const trueExplanations: FaultProperty = {
  name: "explanations",
  claim:
    "what explanations say is so: of a tuple that holds, of one that does not, and of one that only one of two runs has",
  check: (subject, _, random) => {
    const loaded = loadText(subject.text);
    if ("refused" in loaded) return failed(loaded.refused);
    const { program } = loaded;
    const notes = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const schedule = anySchedule(subject.budget, random);
      const inputs = anyInputs(subject.reference, random);
      const runOf = (of: ReferenceSchedule): Run | undefined => runUnder(program, subject, of, inputs);
      // As with the failure-free run, a run is compared with those that lack one of its faults.
      const without = random.pick(schedule);
      const [free, failing] = [runOf(random.chance(0.5) ? [] : schedule.filter((f) => f !== without)), runOf(schedule)];
      if (free === undefined || failing === undefined) continue;
      for (const tuple of random.shuffled(tuplesOf(program, free, failing)).slice(0, asked)) {
        const problem = new Truth(program, free, failing, notes).of(tuple);
        const { name = "?" } = program.relations[tuple.relation] ?? {};
        if (problem !== undefined)
          return failed(`of ${name}${keyOf(tuple.args)}@${tuple.instant} ${problem}; under ${showSchedule(schedule)}`);
      }
    }
    return passed(...notes);
  },
};

/** A run as both evaluators see it. */
interface Run {
  readonly traced: Traced;
  readonly schedule: ReferenceSchedule;
  readonly eot: number;
  readonly instants: readonly Instant[];
  readonly messages: readonly ReferenceMessage[];
  /** Of each rule, by number, instant and result: the instants at which the result comes to hold on account of it. */
  readonly firings: ReadonlyMap<string, readonly number[]>;
  readonly reference: ReferenceProgram;
  readonly durable: ReadonlySet<string>;
  readonly observer: ReadonlySet<string>;
}

function runUnder(
  program: Program,
  { budget, reference, specification }: FaultySubject,
  schedule: ReferenceSchedule,
  inputs: NonNullable<Setting["inputs"]>,
): Run | undefined {
  const { nodes, eot } = budget;
  const { roles } = specification;
  const firings = new Map<string, readonly number[]>();
  const naive = evaluateProgram(reference, { nodes, eot, schedule, inputs, roles }, (rule, t, tuple, held) => {
    const key = `${reference.rules.indexOf(rule)} ${t} ${keyOf(tuple)}`;
    firings.set(key, [...(firings.get(key) ?? []), ...held]);
  });
  if (naive.kind !== "model") return undefined;
  const memory: Memory = memoryOf(
    program,
    roles.flatMap((name) => program.relationByName.get(name) ?? []),
  );
  const chosen = inputs.map((choice) =>
    choice.line.kind === "one-of" ? choice.chosen : choice.chosen === 0 ? undefined : 0,
  );
  const traced = runWithProvenance(program, { nodes, eot, schedule: engineSchedule(schedule), inputs: chosen, memory });
  if (traced.kind !== "run") throw new Error("an error where there is a model");
  return { traced, schedule, eot, firings, reference, ...naive, ...referenceMemory(reference, roles) };
}

/** Every tuple of two runs, at every instant. */
function tuplesOf(program: Program, ...runs: readonly Run[]): readonly TupleAt[] {
  const found = new Map<string, Omit<TupleAt, "instant">>();
  for (const { id, name } of program.relations)
    for (const { instants } of runs)
      for (const t of instants.keys())
        for (const args of tuplesAt(instants, name, t + 1).values())
          found.set(`${id} ${keyOf(args)}`, { relation: id, args });
  const { eot = 0 } = runs[0] ?? {};
  return [...found.values()].flatMap((tuple) =>
    Array.from({ length: eot }, (_, t): TupleAt => ({ ...tuple, instant: t + 1 })),
  );
}

type Problem = string | undefined;

/** The first problem that there is. */
function first<T>(items: readonly T[], check: (item: T) => Problem): Problem {
  for (const item of items) {
    const problem = check(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Holds what is said of tuples to the reference evaluator. */
class Truth {
  constructor(
    private readonly program: Program,
    private readonly free: Run,
    private readonly failing: Run,
    private readonly notes: Set<string>,
  ) {}

  of(tuple: TupleAt): Problem {
    const { free, failing } = this;
    const difference = explainDifference(tuple, free.traced, failing.traced);
    if ((difference === undefined) !== (this.holds(free, tuple) === this.holds(failing, tuple)))
      return "the difference of the runs is not told";
    const missing = whyNot(tuple, failing.traced.execution, failing.traced);
    const derivation = why(tuple, failing.traced);
    return (
      (difference === undefined ? undefined : this.difference(difference)) ??
      (missing === undefined ? undefined : this.missing(missing)) ??
      (derivation === undefined ? undefined : this.derivation(derivation))
    );
  }

  private holds({ instants }: Run, { relation, instant, args }: TupleAt): boolean {
    return tuplesAt(instants, this.name(relation), instant).has(keyOf(args));
  }

  private name(relation: TupleAt["relation"]): string {
    return this.program.relations[relation]?.name ?? "?";
  }

  private difference(d: Difference): Problem {
    const { tuple, since, kind, kept, causes } = d;
    const [having, lacking] = kind === "lost" ? [this.free, this.failing] : [this.failing, this.free];
    const at = (instant: number): TupleAt => ({ ...tuple, instant });
    if (!this.holds(having, tuple) || this.holds(lacking, tuple)) return `${kind}: it is not`;
    if (!this.holds(having, at(since)) || this.holds(lacking, at(since))) return `${kind} since ${since}: it is not`;
    for (let t = since; t <= tuple.instant; t++) {
      if (kind === "lost" && this.holds(lacking, at(t))) return `missing since ${since}, but it is there at ${t}`;
      const over = kept.some((absence) => absence.at <= t && t < absence.until);
      if (kind === "gained" && this.holds(having, at(t)) === over) return `there since ${since}, but not at ${t}`;
    }
    if (causes.length === 0) return `${kind}, for no cause`;
    return first(causes, (cause) => this.cause(cause, d));
  }

  private cause(cause: Cause, d: Difference): Problem {
    const { tuple, since, kind } = d;
    this.notes.add(`${kind}: ${cause.kind}`);
    const said = `${kind} since ${since}, ${cause.kind} ${JSON.stringify(cause)}`;
    switch (cause.kind) {
      case "built-in":
        return this.name(tuple.relation) === cause.relation ? undefined : said;
      case "message-lost":
        this.notes.add(`lost: ${cause.fate}`);
        return first(cause.instants, (sent) => this.lostMessage(cause, sent, tuple.args)) === undefined
          ? undefined
          : said;
      case "message-late": {
        const arrivals = cause.instants.flatMap(
          (sent) => this.message(this.failing, cause, sent, tuple.args)?.arrivals ?? [0],
        );
        const earlier = cause.instants.flatMap(
          (sent) => this.message(this.free, cause, sent, tuple.args)?.arrivals ?? [0],
        );
        const ascending = [...new Set(arrivals)].sort((a, b) => a - b);
        return ascending.join() === cause.arrivals.join() && earlier.join() !== arrivals.join() ? undefined : said;
      }
      case "away": {
        const isThen = cause.absence.at <= tuple.instant && since < cause.absence.until;
        return this.isAbsenceOf(cause.absence, tuple) && isThen ? undefined : said;
      }
      case "forgotten":
        return first(cause.instants, (t) => this.forgotten(cause.rule, t, cause.absence, tuple)) === undefined
          ? undefined
          : said;
      case "kept": {
        const { absence, instants, rule } = cause;
        const held = instants.every((t) => this.heldBy(this.failing, rule, t, tuple.args).includes(absence.until));
        return this.isAbsenceOf(absence, tuple) && held && absence.until === since ? undefined : said;
      }
      case "firing": {
        const run = kind === "lost" ? this.free : this.failing;
        const rule = this.program.rules[cause.rule];
        if (rule === undefined || (cause.because.length === 0 && !isAggregate(rule))) return said;
        if (cause.instants.some((t) => this.heldBy(run, cause.rule, t, tuple.args).length === 0)) return said;
        return first(cause.because, (reason) => {
          if (reason.kind === "difference") return this.difference(reason.difference);
          const lost = this.holds(this.free, reason.tuple) && !this.holds(this.failing, reason.tuple);
          const gained = !this.holds(this.free, reason.tuple) && this.holds(this.failing, reason.tuple);
          return (reason.change === "lost" ? lost : gained) ? undefined : `${said}: ${JSON.stringify(reason)}`;
        });
      }
    }
  }

  private heldBy({ firings }: Run, rule: RuleId, instant: number, args: Tuple): readonly number[] {
    return firings.get(`${rule} ${instant} ${keyOf(args)}`) ?? [];
  }

  private message(
    { messages, reference }: Run,
    { rule, from }: { readonly rule: RuleId; readonly from: Value },
    sent: number,
    args: Tuple,
  ): ReferenceMessage | undefined {
    return messages.find(
      (m) => m.rule === reference.rules[rule] && m.sent === sent && m.from === from && keyOf(m.tuple) === keyOf(args),
    );
  }

  private lostMessage(
    cause: {
      readonly rule: RuleId;
      readonly from: Value;
      readonly to: Value;
      readonly fate: Exclude<Fate, "delivered">;
    },
    sent: number,
    args: Tuple,
  ): Problem {
    const { from, to, fate } = cause;
    const message = this.message(this.failing, cause, sent, args);
    if (message === undefined) return "not sent";
    if (message.delivered || message.arrivals.length > 0 !== (fate === "receiver-away")) return "received";
    const { schedule } = this.failing;
    const isSo: Readonly<Record<Exclude<Fate, "delivered">, () => boolean>> = {
      omitted: () => schedule.some((f) => f.kind === "omission" && f.from === from && f.to === to && f.at === sent),
      "sender-crashed": () => schedule.some((f) => f.kind === "crash" && f.node === from && f.at <= sent),
      "sender-away": () => absenceAt(schedule, from, sent) !== undefined,
      "cut-off": () => schedule.some((f) => isCut(f) && f.at <= sent && sent <= f.until),
      "receiver-away": () => message.arrivals.every((at) => absenceAt(schedule, to, at)?.kind === "restart"),
      "not-a-node": () => true,
    };
    return isSo[fate]() ? undefined : fate;
  }

  private isAbsenceOf(absence: Absence, { relation, args }: TupleAt): boolean {
    const known = this.failing.schedule.some(
      (f) =>
        isAbsence(f) &&
        f.kind === absence.kind &&
        f.node === absence.node &&
        f.at === absence.at &&
        f.until === absence.until,
    );
    return known && args[0] === absence.node && !this.failing.observer.has(this.name(relation));
  }

  private forgotten(rule: RuleId, instant: number, absence: Absence, tuple: TupleAt): Problem {
    if (absence.kind !== "restart" || !this.isAbsenceOf(absence, tuple)) return "no restart";
    if (this.failing.durable.has(this.name(tuple.relation))) return "durable";
    const fired = this.failing.firings.get(`${rule} ${instant} ${keyOf(tuple.args)}`);
    const due = instant + 1;
    return fired?.length === 0 && absence.at <= due && due < absence.until ? undefined : "not so";
  }

  private missing({ wanted, since, away, facts, attempts }: WhyNot): Problem {
    const { relation, pattern } = wanted;
    const told = (instant: number): boolean =>
      [...tuplesAt(this.failing.instants, this.name(relation), instant).values()].some((args) =>
        args.every((value, i) => pattern[i] === undefined || pattern[i] === value),
      );
    for (let instant = since; instant <= wanted.instant; instant++)
      if (told(instant)) return `does not hold from ${since} on: it does at ${instant}`;
    if (away !== undefined) {
      this.notes.add("not: away");
      return this.isAbsenceOf(away, placeOf(wanted)) && away.at <= wanted.instant && wanted.instant < away.until
        ? undefined
        : `away ${JSON.stringify(away)}`;
    }
    const fact = first(facts, (lost) => {
      this.notes.add(lost.away === undefined ? "not: an input" : "not: a lost fact");
      const place = { ...placeOf(wanted), args: [pattern[0] ?? lost.away?.node ?? ""] };
      return lost.away === undefined || this.isAbsenceOf(lost.away, place) ? undefined : JSON.stringify(lost);
    });
    if (fact !== undefined) return fact;
    const tuple = tupleOf(wanted);
    return first(attempts, ({ rule, others, ...best }) =>
      first([best, ...others], ({ instant, until, obstacle }) => {
        // What a rule lacks where any value would do is held to the run by what is missing there.
        if (tuple === undefined) return this.further(obstacle);
        for (let at = instant; at <= until; at++) {
          const problem = this.obstacle(rule, at, obstacle, tuple);
          if (problem !== undefined) return `rule ${rule} at ${at}, ${JSON.stringify(obstacle)}: ${problem}`;
        }
        return undefined;
      }),
    );
  }

  private obstacle(rule: RuleId, instant: number, obstacle: Obstacle, tuple: TupleAt): Problem {
    this.notes.add(`not: ${obstacle.kind}`);
    const fired = this.failing.firings.get(`${rule} ${instant} ${keyOf(tuple.args)}`);
    const known = this.program.rules[rule];
    if (known === undefined) return "no rule";
    const { timing } = known;
    const aggregate = isAggregate(known);
    switch (obstacle.kind) {
      case "message":
        return this.lostMessage({ ...obstacle, rule }, instant, tuple.args);
      case "late": {
        const arrivals = this.message(this.failing, { ...obstacle, rule }, instant, tuple.args)?.arrivals;
        const { schedule } = this.failing;
        const missed = (at: number): boolean => absenceAt(schedule, obstacle.to, at)?.kind === "restart";
        const isSo =
          arrivals?.join() === obstacle.arrivals.join() && arrivals.every((at) => at > tuple.instant || missed(at));
        return isSo && arrivals.filter(missed).join() === obstacle.missed.join() ? undefined : "not so";
      }
      case "forgotten":
        return this.forgotten(rule, instant, obstacle.absence, tuple);
      case "away": {
        const { absence } = obstacle;
        const due = timing === "deductive" ? instant : instant + 1;
        const gone = absence.at <= due && due < absence.until && (aggregate || fired?.length === 0);
        return this.isAbsenceOf(absence, tuple) && gone ? undefined : "not so";
      }
      case "other-value":
        return this.further(obstacle);
      case "head":
        return fired === undefined ? undefined : "it fires with these values";
      case "literal": {
        const { failing, away } = obstacle;
        if (fired !== undefined) return "it fires";
        if (failing.kind === "no-match") {
          const { relation } = failing.literal;
          const at = failing.literal.instant ?? instant;
          const matches = [...tuplesAt(this.failing.instants, this.name(relation), at).values()].filter((args) =>
            failing.pattern.every((value, i) => value === undefined || value === args[i]),
          );
          const repeated = new Set(failing.literal.args.flatMap((t) => (t.kind === "variable" ? [t.variable] : [])))
            .size;
          const variables = failing.literal.args.filter((t) => t.kind === "variable").length;
          if (matches.length > 0 && repeated === variables) return "something matches";
          const place: TupleAt = { relation, instant: failing.instant, args: failing.pattern.slice(0, 1) as Tuple };
          if (away !== undefined && !this.isAbsenceOf(away, place)) return "not away";
        }
        return this.further(obstacle);
      }
    }
  }

  /** What is behind an obstacle: something else that is missing, a tuple that blocks, the members of a group. */
  private further(obstacle: Obstacle): Problem {
    if (obstacle.kind === "other-value") return obstacle.group === undefined ? undefined : this.group(obstacle.group);
    if (obstacle.kind !== "literal") return undefined;
    const { whyNot: further, because, groups = [] } = obstacle;
    if (further !== undefined && tupleOf(further.wanted) === undefined) this.notes.add("not: any");
    if (because !== undefined) this.notes.add("not: because");
    return (
      (further === undefined ? undefined : this.missing(further)) ??
      (because === undefined ? undefined : this.derivation(because)) ??
      first(groups, (group) => this.group(group))
    );
  }

  private group({ present, missing }: Group): Problem {
    this.notes.add(missing.length > 0 ? "not: a member is missing" : "not: a group");
    if (new Set(present).size < present.length) return `a member twice: ${present.join()}`;
    return first(missing, (member) => this.missing(member));
  }

  private derivation({ tuple, since, kept, how }: Why): Problem {
    for (let instant = since; instant <= tuple.instant; instant++) {
      const over = kept.some((absence) => absence.at <= instant && instant < absence.until);
      if (this.holds(this.failing, { ...tuple, instant }) === over) return `held since ${since}: not at ${instant}`;
    }
    if (kept.some((absence) => !this.isAbsenceOf(absence, tuple))) return `kept over ${JSON.stringify(kept)}`;
    if (kept.length > 0) this.notes.add("why: kept meanwhile");
    if (how.kind !== "firing") return undefined;
    const { rule, instant, message, keptOver, premises } = how;
    if (!this.heldBy(this.failing, rule, instant, tuple.args).includes(since)) return `by rule ${rule} at ${instant}`;
    if (keptOver !== undefined) {
      this.notes.add("why: kept");
      if (!this.isAbsenceOf(keptOver, tuple) || keptOver.until !== since)
        return `kept over ${JSON.stringify(keptOver)}`;
    }
    if (message !== undefined) {
      const arrivals = this.message(this.failing, { rule, from: message.from }, message.sent, tuple.args)?.arrivals;
      if (arrivals === undefined || !message.at.every((at) => arrivals.includes(at)))
        return "by a message that does not arrive so";
      if (message.again !== arrivals.some((at) => at < (message.at[0] ?? 0))) return "again";
      if (message.again) this.notes.add("why: again");
    }
    return first(premises, (premise) => {
      if (premise.kind === "tuple") return this.derivation(premise.why);
      return premise.whyNot === undefined ? undefined : this.missing(premise.whyNot);
    });
  }
}

/** The node of what is wanted, as a tuple has it. */
function placeOf({ relation, instant, pattern }: Wanted): TupleAt {
  return { relation, instant, args: pattern.slice(0, 1).flatMap((place) => (place === undefined ? [] : [place])) };
}
