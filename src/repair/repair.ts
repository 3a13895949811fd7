import { applyEdit } from "../candidates/apply.js";
import { editsFor } from "../candidates/candidates.js";
import type { Edit } from "../candidates/edit.js";
import { editKey } from "../candidates/edit.js";
import type { Subject } from "../candidates/subject.js";
import { subjectOf } from "../candidates/subject.js";
import type { Stopped } from "../execution/stopped.js";
import type { CheckOptions } from "../search/check.js";
import { prepare } from "../search/check.js";
import { Watchdog } from "../search/limits.js";
import type { Setting } from "../search/search.js";
import type { Violated } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { FileReader, List } from "../source/file-reader.js";
import { compareNames } from "../source/names.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { Deciding } from "./deciding.js";
import type { Accepted, Counterexample, Decision, Refusal } from "./decision.js";
import { Examiner } from "./decision.js";
import { diffOf } from "./diff.js";
import { isDominated, rulesOf } from "./domination.js";
import type { ExpectedLine } from "./expectations.js";
import { Expectations } from "./expectations.js";
import { Importers } from "./importers.js";
import { Original } from "./original.js";
import { beyondOf, notMeasured, priceOf } from "./price.js";
import type { EditedFile, Improvement, Repair, RepairResult, RepairStatistics, Unrepairable } from "./result.js";
import { situationOf } from "./situations.js";

/*
 * Repairs by counterexample-guided search (Solar-Lezama 2008): the lineage of the loss names the places, the catalogue of templates gives
 * the edits for them, and each edited program is decided over the whole budget. A candidate that fails has a counterexample of its own,
 * which excludes further candidates at the price of a run, and names the places of the next edit.
 */

export interface RepairOptions extends CheckOptions {
  /** At most so many repairs are offered; 5 by default. */
  readonly maxRepairs?: number | undefined;
  /** At most so many edits in one repair; 2 by default. */
  readonly maxEdits?: number | undefined;
  readonly onRepairProgress?: ((progress: RepairProgress, soFar: (stop: Stopped) => RepairResult) => void) | undefined;
}

export interface RepairProgress {
  readonly tried: number;
  /** Candidates that hold and may be offered. */
  readonly accepted: number;
  /** The title of the edit at hand. */
  readonly title: string;
}

/** What a repair needs besides the program: its files by name, and how files are read. */
export interface RepairContext {
  readonly reader: FileReader;
  readonly includeDirs: readonly string[];
  /** As named on the command line: their `//!` lines have to be met. */
  readonly files: readonly string[];
  /** Lists folders, to find other programs that include an edited file; without it they are not looked for. */
  readonly list?: List;
}

/** The programs whose counterexamples are followed with a second edit. */
const MOST_FOLLOWED = 24;
/** The candidates with two edits that are tried. */
const MOST_PAIRS = 1500;

/**
 * Looks for repairs of the program that these files make, the first of which is the main file. Precondition: they have no errors.
 * Without a result the options are wrong, and a diagnostic says why.
 */
export function repair(
  trees: readonly SyntaxTree[],
  options: RepairOptions,
  context: RepairContext,
): { readonly result?: RepairResult; readonly setting?: Setting; readonly diagnostics: readonly Diagnostic[] } {
  const subject = subjectOf(trees);
  if (subject === undefined) throw new Error("a program with errors is to be repaired");
  const { setting, diagnostics } = prepare(subject.program, options);
  if (setting === undefined) return { diagnostics };
  const watchdog = new Watchdog(options);
  const deciding = new Deciding(options, watchdog);
  const checked = deciding.check(setting, true);
  if (checked.kind === "error" || checked.verdict.kind === "inconclusive")
    return { result: { kind: "undecided", result: checked }, setting, diagnostics };
  const { verdict } = checked;
  if (verdict.kind === "holds")
    return { result: { kind: "nothing-to-repair", original: verdict }, setting, diagnostics };
  const original = new Original(subject, setting, options, deciding, verdict.counterexample.execution.inputs);
  return { result: new RepairSearch(original, verdict, deciding, options, context).result(), setting, diagnostics };
}

/** A candidate that was decided. */
interface Candidate {
  readonly edits: readonly Edit[];
  readonly subject: Subject;
  readonly decision: Decision;
}

type Failed = Candidate & { readonly decision: Extract<Decision, { readonly kind: "violated" }> };
type Found = Candidate & { readonly decision: Accepted };

class RepairSearch {
  private readonly expectations: Expectations;
  private readonly importers?: Importers;
  private readonly examiner: Examiner;
  /** By the text of the edited files. */
  private readonly decided = new Map<string, Candidate>();
  private readonly found: Found[] = [];
  private readonly failed: Failed[] = [];
  private byKnown = 0;
  private singles = 0;

  constructor(
    private readonly original: Original,
    private readonly verdict: Violated,
    private readonly deciding: Deciding,
    private readonly options: RepairOptions,
    context: RepairContext,
  ) {
    const interrupted = (): boolean => deciding.watchdog.poll() !== undefined;
    const running = { ...context, interrupted, using: deciding.using };
    this.expectations = new Expectations(context.files, running);
    if (context.list !== undefined) this.importers = new Importers(context.files, context.list, running);
    const { schedule, execution } = verdict.counterexample;
    this.examiner = new Examiner(original, deciding, { schedule, inputs: execution.inputs }, (subject) =>
      this.expectations.keepsHolding(subject.trees),
    );
  }

  result(): RepairResult {
    if (this.verdict.counterexample.schedule.length === 0) return this.unrepairable("violated-without-faults");
    if (this.original.failureFree === undefined && this.stopped === undefined)
      return this.unrepairable("too-many-inputs");
    this.trySingles();
    if (this.found.length === 0 && (this.options.maxEdits ?? 2) > 1) this.tryPairs();
    return this.conclusion(this.stopped);
  }

  private get stopped(): Stopped | undefined {
    return this.deciding.watchdog.poll();
  }

  private unrepairable(why: Unrepairable): RepairResult {
    return { kind: "not-repaired", original: this.verdict, statistics: this.statistics, why };
  }

  /**
   * Edits of the original at the places of its counterexamples: those of the check, and those of candidates that violate it too. If none
   * of these is a repair, at the widened places.
   */
  private trySingles(): void {
    const known = new Set<string>();
    this.trySinglesAt(known, false);
    if (this.found.length === 0) this.trySinglesAt(known, true);
  }

  /** `known`: the keys of the edits that were tried. */
  private trySinglesAt(known: Set<string>, wide: boolean): void {
    const { subject, setting } = this.original;
    const followed = new Set<Counterexample>();
    for (;;) {
      const next = this.examiner.counterexamples.find((counterexample) => !followed.has(counterexample));
      if (next === undefined || this.stopped !== undefined) return;
      followed.add(next);
      const situation = situationOf(subject, setting, next, this.deciding, wide);
      for (const edit of situation === undefined ? [] : editsFor(situation)) {
        const key = editKey(edit);
        if (known.has(key)) continue;
        known.add(key);
        this.singles++;
        this.consider([edit]);
        if (this.stopped !== undefined) return;
      }
    }
  }

  /** A second edit at the places of the counterexample of what failed: first of candidates that need most faults to fail. */
  private tryPairs(): void {
    let pairs = 0;
    const rank = ({ decision }: Failed): number => decision.fewest ?? 0;
    const followed = [...this.failed].sort((a, b) => rank(b) - rank(a)).slice(0, MOST_FOLLOWED);
    for (const { edits, subject, decision } of followed) {
      const situation = situationOf(subject, decision.setting, decision.counterexample, this.deciding);
      for (const edit of situation === undefined ? [] : editsFor(situation)) {
        if (this.stopped !== undefined || pairs >= MOST_PAIRS) return;
        pairs++;
        this.consider([...edits, edit]);
      }
    }
  }

  /** Decides the original with some edits, unless its text was decided before. */
  private consider(edits: readonly Edit[]): Candidate | undefined {
    const trees = edits.reduce<readonly SyntaxTree[] | undefined>(
      (edited, edit) => (edited === undefined ? undefined : applyEdit(edited, edit)),
      this.original.subject.trees,
    );
    if (trees === undefined) return undefined;
    const key = JSON.stringify(trees.map(({ source }) => source.text));
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    const { onRepairProgress } = this.options;
    const progress = { tried: this.decided.size, accepted: this.found.length, title: edits.at(-1)?.title ?? "" };
    onRepairProgress?.(progress, (stop) => this.conclusion(stop, true));
    const subject = subjectOf(trees);
    if (subject === undefined) return undefined;
    const delay = Math.max(0, ...edits.map((edit) => edit.delay));
    const before = this.deciding.checks;
    const decision = this.examiner.decide(subject, delay);
    const candidate: Candidate = { edits, subject, decision };
    if (decision.kind === "undecided" && this.stopped !== undefined) return candidate;
    this.decided.set(key, candidate);
    if (decision.kind === "violated") {
      if (this.deciding.checks === before) this.byKnown++;
      this.failed.push({ edits, subject, decision });
    }
    if (decision.kind === "accepted" && this.isNeeded(edits)) this.found.push({ edits, subject, decision });
    return candidate;
  }

  /** Whether no proper part of some edits would be accepted alone. */
  private isNeeded(edits: readonly Edit[]): boolean {
    if (edits.length < 2) return true;
    return edits.every((_, i) => {
      const part = this.consider(edits.filter((__, j) => j !== i));
      return part?.decision.kind !== "accepted";
    });
  }

  /** `brief`: without what takes time to measure, for an ending that is made ahead. */
  private conclusion(stopped: Stopped | undefined, brief = false): RepairResult {
    const common = { original: this.verdict, ...(stopped === undefined ? {} : { stopped }) };
    const repairs = this.repairs(brief);
    const [first, ...others] = repairs;
    const { statistics } = this;
    if (first !== undefined) return { ...common, statistics, kind: "repaired", repairs: [first, ...others] };
    const best = this.improvement();
    return best === undefined
      ? { ...common, statistics, kind: "not-repaired" }
      : { ...common, statistics, kind: "improved", best };
  }

  /** Fewest edited rules first, then fewest extra messages, earliest settled, text. */
  private repairs(brief: boolean): readonly Repair[] {
    // Nothing is run here: what was found is not lost where the search was interrupted.
    const priced = this.found.map(({ edits, subject, decision }) => {
      const files = this.edited(subject);
      const diff = files.map(({ path, before, after: text }) => diffOf(path, before, text));
      const price = priceOf(this.original, edits, decision);
      return { edits, subject, decision, files, diff, price };
    });
    const sorted = priced.sort(
      (a, b) =>
        rulesOf(a.price) - rulesOf(b.price) ||
        a.price.messages - b.price.messages ||
        a.price.settlesLater - b.price.settlesLater ||
        compareNames(JSON.stringify(a.diff), JSON.stringify(b.diff)),
    );
    return sorted
      .filter((repaired, i) => !sorted.slice(0, i).some((other) => isDominated(repaired, other)))
      .slice(0, this.options.maxRepairs ?? 5)
      .map(({ edits, subject, decision, files, diff, price }) => ({
        edits,
        files,
        diff,
        setting: decision.setting,
        verdict: decision.verdict,
        price,
        beyond: brief ? notMeasured : beyondOf(decision.setting, this.deciding),
        noLongerMet: brief ? [] : this.expectations.noLongerMet(subject.trees),
        elsewhere: brief ? [] : this.elsewhere(files, subject),
      }));
  }

  private elsewhere(files: readonly EditedFile[], { trees }: Subject): readonly ExpectedLine[] {
    const paths = files.map(({ path }) => path);
    return this.importers?.noLongerMet(paths, trees) ?? [];
  }

  private edited({ trees }: Subject): readonly EditedFile[] {
    return trees.flatMap(({ source }, i): readonly EditedFile[] => {
      const before = this.original.subject.trees[i]?.source.text ?? "";
      return source.text === before ? [] : [{ path: source.path, before, after: source.text }];
    });
  }

  /** Of the candidates that fail, the one that needs most faults to, if these are more than the original needs. */
  private improvement(): Improvement | undefined {
    let best: Improvement | undefined;
    for (const { edits, subject, decision } of this.failed) {
      const least = best?.faults ?? this.verdict.counterexample.schedule.length;
      if (decision.fewest === undefined || decision.fewest <= least) continue;
      const diff = this.edited(subject).map(({ path, before, after }) => diffOf(path, before, after));
      best = { edits, diff, faults: decision.fewest };
    }
    return best;
  }

  private get statistics(): RepairStatistics {
    const refused: Partial<Record<Refusal, number>> = {};
    for (const { decision } of this.decided.values())
      if (decision.kind === "refused") refused[decision.why] = (refused[decision.why] ?? 0) + 1;
    return {
      tried: this.decided.size,
      refused,
      violated: this.failed.length,
      byKnown: this.byKnown,
      counterexamples: this.examiner.counterexamples.length,
      allPairs: (this.singles * (this.singles - 1)) / 2,
      checks: this.deciding.checks,
      runs: this.deciding.runs,
      milliseconds: this.deciding.watchdog.elapsed,
    };
  }
}
