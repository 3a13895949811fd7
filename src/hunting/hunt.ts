import type { Stopped } from "../execution/stopped.js";
import { isStopped, stopped } from "../execution/stopped.js";
import { alternation } from "../search/alternation.js";
import type { CallId, Observation } from "./call.js";
import { placesOf } from "./call.js";
import { countFaultSets } from "./count.js";
import type { HuntFaults } from "./fault.js";
import { formatHuntFaults } from "./fault.js";
import type { HuntLesson, Lived } from "./fault-sets.js";
import { excludes, FaultSets, servicesReached } from "./fault-sets.js";
import { Findings, newFinding } from "./findings.js";
import { Knowledge } from "./knowledge.js";
import type { HuntOptions, RunEvent } from "./options.js";
import { textsOfKinds } from "./options.js";
import { HuntRecord } from "./record.js";
import type { HuntFacts, HuntResult, HuntVerdict } from "./result.js";
import type { HuntedRun, Kinds } from "./run-view.js";
import { huntedRun } from "./run-view.js";
import type { SystemUnderTest } from "./system.js";

/** Failing runs of three, before a set is a finding; of five once something failed by chance. */
const confirmations = 3;
const confirmationsAmongChance = 5;

const nothingSeen =
  "no call between services was seen, so none was disturbed: Node.js services load ldfi/hook, others are called through `edges`";

/** Hunts for the smallest sets of faults under which the scenario fails. */
export async function hunt(system: SystemUnderTest, options: HuntOptions): Promise<HuntResult> {
  return new Hunt(system, options).run();
}

interface Taken {
  readonly observation: Observation;
  readonly view: HuntedRun;
}

class Hunt {
  private readonly kinds: Kinds;
  private readonly findings = new Findings();
  private readonly record: HuntRecord;
  private knowledge: Knowledge | undefined;
  private sets: FaultSets | undefined;

  constructor(
    private readonly system: SystemUnderTest,
    private readonly options: HuntOptions,
  ) {
    const { kinds, down } = options;
    this.record = new HuntRecord(options.spare);
    this.kinds = new Map([...kinds, ...(down === undefined ? [] : [down])].map((kind) => [kind.text, kind]));
  }

  async run(): Promise<HuntResult> {
    const verdict = await this.search();
    return { verdict, facts: this.facts() };
  }

  private async search(): Promise<HuntVerdict> {
    const calibrated = await this.calibrate();
    if (calibrated.kind === "verdict") return calibrated.verdict;
    const { sets } = calibrated;
    if (this.options.only !== undefined) return this.once(this.options.only, sets);
    const candidates = alternation<HuntFaults, HuntLesson>([], sets);
    let next = candidates.next();
    let lesson = calibrated.lesson;
    for (;;) {
      // The first candidate is the empty set, which calibration ran.
      next = candidates.next(lesson);
      if (next.done === true) break;
      const outcome = await this.attempt(next.value, sets);
      if (isStopped(outcome)) return this.verdictAt(outcome);
      if (this.findings.count > 0 && !this.options.all) return this.verdictAt(undefined, false);
      lesson = outcome;
    }
    return this.verdictAt(next.value);
  }

  /** One set, run and judged as it would be in the search. */
  private async once(faults: HuntFaults, sets: FaultSets): Promise<HuntVerdict> {
    sets.declareAll(faults);
    const outcome = await this.attempt(faults, sets);
    if (isStopped(outcome)) return this.verdictAt(outcome);
    if (this.findings.count + this.record.sometimes.length > 0) return this.verdictAt(undefined, false);
    const injected = this.record.nearestGood(faults).faults.length === faults.length;
    const how = injected
      ? "good, and nothing else was to be run"
      : "not all of it was injected, since not all of its calls came";
    return this.verdictAt(stopped("max-runs", `${formatHuntFaults(faults)}: ${how}`), false);
  }

  private verdictAt(end: Stopped | undefined, complete = end === undefined): HuntVerdict {
    const [first, ...rest] = this.findings.folded();
    if (first !== undefined) return { kind: "violated", findings: [first, ...rest], complete };
    if (end !== undefined) return { kind: "inconclusive", stopped: end };
    if (this.record.sometimes.length > 0) return { kind: "sometimes" };
    if (this.record.sawNothing) return { kind: "inconclusive", stopped: stopped("interrupted", nothingSeen) };
    const plain =
      this.unstable().length === 0 &&
      this.knowledge?.behaviours.contradictions.length === 0 &&
      this.record.notInjected.length === 0 &&
      this.record.cleanFailures === 0;
    return { kind: "covered", plain };
  }

  private async calibrate(): Promise<
    { kind: "verdict"; verdict: HuntVerdict } | { kind: "ready"; sets: FaultSets; lesson: HuntLesson }
  > {
    const observations = await this.system.calibrate(this.options.calibration);
    if (isStopped(observations)) return { kind: "verdict", verdict: { kind: "inconclusive", stopped: observations } };
    const [first] = observations;
    if (first === undefined) throw new Error("calibration needs a run");
    const { budget, spare, kinds, down } = this.options;
    const knowledge = new Knowledge(first.root, this.kinds, this.options.reach);
    const sets = new FaultSets({ kinds, downs: down !== undefined, budget, spare }, knowledge, (set, run) =>
      this.findings.fold(set, run),
    );
    this.knowledge = knowledge;
    this.sets = sets;
    const counts = new Map<CallId, number>();
    for (const observation of observations) {
      for (const { id } of observation.calls) counts.set(id, (counts.get(id) ?? 0) + 1);
      this.announce([], observation, "calibrate");
    }
    const bad = observations.find(({ good }) => !good);
    if (bad !== undefined) return { kind: "verdict", verdict: { kind: "unfit", observation: bad } };
    knowledge.noteUnstable([...counts].filter(([, count]) => count < observations.length).map(([id]) => id));
    const views = observations.map((observation) => {
      const view = huntedRun(observation, [], this.kinds);
      knowledge.learn(view, observation, true);
      this.record.noteGood([], observation);
      return view;
    });
    for (const view of views) sets.see(view.came);
    return { kind: "ready", sets, lesson: { kind: "lived", lived: views } };
  }

  /** Runs a candidate as often as it takes, and says what that teaches. */
  private async attempt(faults: HuntFaults, sets: FaultSets): Promise<HuntLesson | Stopped> {
    const lived: Lived[] = [];
    let injected = false;
    for (let i = 0; ; i++) {
      const taken = await this.take(faults, i === 0 ? "search" : "repeat");
      if (isStopped(taken)) return taken;
      if (!taken.observation.good) {
        return this.confirm(faults, taken);
      }
      lived.push(taken.view);
      injected ||= taken.view.effective.length === faults.length;
      const chance = this.touchesChance(faults, taken, sets);
      if (i + 1 >= (chance ? this.options.repeat : 1)) break;
    }
    const excluded = excludes(faults, lived, sets.touchesUnstable(faults));
    if (!injected && !excluded) {
      this.record.notInjected.push(faults);
      return { kind: "impossible" };
    }
    return { kind: "lived", lived };
  }

  private touchesChance(faults: HuntFaults, { view }: Taken, sets: FaultSets): boolean {
    if (sets.touchesUnstable(faults)) return true;
    // A call that came and was not disturbed although it should have been: perhaps it will be the next time.
    const came = new Set(view.came.flatMap(placesOf));
    return faults.some(
      (fault) =>
        !view.effective.includes(fault) &&
        (fault.kind === "call" ? came.has(fault.call) : servicesReached(view).has(fault.service)),
    );
  }

  /**
   * A failing set is a finding if it fails each time, with a clean run between that does not. One that ends as a confirmed finding at the
   * same calls does belongs to that, and is not run again.
   */
  private async confirm(faults: HuntFaults, first: Taken): Promise<HuntLesson | Stopped> {
    if (this.alikeToFinding(faults, first)) {
      this.knowledge?.learn(first.view, first.observation, true);
      const lesson = await this.smaller(faults);
      if (lesson !== undefined) return lesson;
      this.findings.fold(faults, first.view);
      return { kind: "violates" };
    }
    const clean = await this.take([], "clean");
    if (isStopped(clean)) return clean;
    if (!clean.observation.good) this.record.cleanFailures++;
    const wanted = this.amongChance ? confirmationsAmongChance : confirmations;
    const taken = [first];
    let failed = 1;
    while (taken.length < wanted) {
      const again = await this.take(faults, "confirm");
      if (isStopped(again)) return again;
      taken.push(again);
      if (!again.observation.good) failed++;
    }
    if (failed < wanted) {
      this.record.sometimes.push({ faults, failed, runs: wanted, failing: first.observation });
      return (await this.reconfirm()) ?? this.notAgain(faults, taken);
    }
    this.knowledge?.learn(first.view, first.observation, true);
    const { effective } = first.view;
    if (effective.length < faults.length && effective.length > 0) {
      // It is the smaller set that fails, if not always.
      this.record.sometimes.push({ faults: effective, failed, runs: wanted, failing: first.observation });
      return { kind: "violates" };
    }
    return this.found(faults, first, wanted);
  }

  private alikeToFinding(faults: HuntFaults, { view }: Taken): boolean {
    return (
      this.options.reach !== "exact" &&
      !this.amongChance &&
      view.effective.length === faults.length &&
      this.findings.alikeTo(faults, view) !== undefined
    );
  }

  private get amongChance(): boolean {
    return this.record.cleanFailures > 0 || this.record.sometimes.length > 0;
  }

  /** What was confirmed before it turned out that things fail by chance is confirmed as often as later findings are. */
  private async reconfirm(): Promise<Stopped | undefined> {
    for (const finding of this.findings.all) {
      const { faults, confirmed, failing } = finding;
      const alike: HuntFaults[] = [];
      for (const other of finding.alike) {
        const again = await this.failsAgain(other, 0, failing);
        if (isStopped(again)) return again;
        if (again) alike.push(other);
      }
      const again = await this.failsAgain(faults, confirmed, failing);
      if (isStopped(again)) return again;
      const now = { ...finding, alike, confirmed: confirmationsAmongChance };
      this.findings.replace(finding, again ? now : undefined);
    }
    return undefined;
  }

  /** Whether a set that failed so many times fails until it has failed often enough. */
  private async failsAgain(faults: HuntFaults, failed: number, failing: Observation): Promise<boolean | Stopped> {
    for (let runs = failed + 1; runs <= confirmationsAmongChance; runs++) {
      const taken = await this.take(faults, "confirm");
      if (isStopped(taken)) return taken;
      if (!taken.observation.good) continue;
      this.record.sometimes.push({ faults, failed: runs - 1, runs, failing });
      return false;
    }
    return true;
  }

  private notAgain(faults: HuntFaults, taken: readonly Taken[]): HuntLesson {
    const whole = taken.filter(({ view }) => view.effective.length === faults.length).map(({ view }) => view);
    return whole.length > 0 ? { kind: "lived", lived: whole } : { kind: "impossible" };
  }

  private async found(
    faults: HuntFaults,
    { observation, view }: Taken,
    confirmed: number,
  ): Promise<HuntLesson | Stopped> {
    const smaller = await this.smaller(faults);
    const nearest = this.record.nearestGood(faults);
    const finding = newFinding(faults, observation, nearest, confirmed, smaller === undefined);
    if (smaller !== undefined) {
      if (isStopped(smaller)) this.findings.add(finding);
      return smaller;
    }
    this.findings.add(finding, view.end);
    return { kind: "violates" };
  }

  /** Runs each set without one of the faults; returns what that means for the whole set, if it is no finding then. */
  private async smaller(faults: HuntFaults): Promise<HuntLesson | Stopped | undefined> {
    for (const left of faults) {
      const set = faults.filter((fault) => fault !== left);
      if (this.record.hasRun(set)) continue;
      const taken = await this.take(set, "smaller");
      if (isStopped(taken)) return taken;
      if (taken.observation.good) {
        this.sets?.learn(set, { kind: "lived", lived: [taken.view] });
        continue;
      }
      const outcome = await this.confirm(set, taken);
      if (isStopped(outcome)) return outcome;
      this.sets?.learn(set, outcome);
      // If the smaller set fails by itself this one is no finding.
      if (outcome.kind === "violates") return { kind: "violates" };
    }
    return undefined;
  }

  private async take(faults: HuntFaults, purpose: RunEvent["purpose"]): Promise<Taken | Stopped> {
    const end =
      this.options.poll() ??
      (this.record.runs >= this.options.maxRuns
        ? stopped("max-runs", `the limit of ${this.options.maxRuns} runs was reached`)
        : undefined);
    if (end !== undefined) return end;
    const observation = await this.system.run(faults);
    if (isStopped(observation)) return observation;
    const view = huntedRun(observation, faults, this.kinds);
    this.announce(faults, observation, purpose);
    this.sets?.see(view.came);
    if (observation.good && view.effective.length === faults.length) this.record.noteGood(faults, observation);
    // A failure is believed once it is confirmed.
    if (this.knowledge?.learn(view, observation, observation.good) === true) this.sets?.reconsider();
    return { observation, view };
  }

  private announce(faults: HuntFaults, observation: Observation, purpose: RunEvent["purpose"]): void {
    const newCalls = this.record.note(faults, observation);
    this.options.onRun({ number: this.record.runs, faults, purpose, observation, newCalls }, () => ({
      verdict: this.verdictAt(stopped("interrupted", "the hunt was interrupted")),
      facts: this.facts(),
    }));
  }

  private unstable(): readonly CallId[] {
    return [...(this.sets?.seen.keys() ?? [])].filter((id) => this.knowledge?.isUnstable(id) === true);
  }

  private facts(): HuntFacts {
    const { budget, kinds, down, reach } = this.options;
    const calls = this.sets?.seen ?? new Map<CallId, string>();
    return {
      budget,
      kinds: textsOfKinds(this.options),
      reach,
      sets: countFaultSets(calls, kinds.length, down !== undefined, budget),
      calls,
      unstable: this.unstable(),
      contradictions: this.knowledge?.behaviours.contradictions ?? [],
      ...this.record.facts(),
    };
  }
}
