import type { Edit } from "../candidates/edit.js";
import type { Stopped } from "../execution/stopped.js";
import type { Setting } from "../search/search.js";
import type { CheckResult, Holds, Violated } from "../search/verdict.js";
import type { Refusal } from "./decision.js";
import type { FileDiff } from "./diff.js";
import type { ExpectedLine } from "./expectations.js";
import type { Beyond, Price } from "./price.js";

/** A repair that holds for the whole budget. */
export interface Repair {
  readonly edits: readonly Edit[];
  /** Every file that is edited, as it is to be written. */
  readonly files: readonly EditedFile[];
  readonly diff: readonly FileDiff[];
  readonly setting: Setting;
  readonly verdict: Holds;
  readonly price: Price;
  readonly beyond: Beyond;
  /** Lines of the named files that the original meets and the repaired program does not: they stay as they are. */
  readonly noLongerMet: readonly ExpectedLine[];
  /** The same of other programs that include an edited file. */
  readonly elsewhere: readonly ExpectedLine[];
}

export interface EditedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A candidate that does not hold, but needs more faults to break than the original. */
export interface Improvement {
  readonly edits: readonly Edit[];
  readonly diff: readonly FileDiff[];
  /** The fewest faults that violate it. */
  readonly faults: number;
}

export interface RepairStatistics {
  /** Candidates decided. */
  readonly tried: number;
  /** Candidates by what became of them. */
  readonly refused: Readonly<Partial<Record<Refusal, number>>>;
  readonly violated: number;
  /** Candidates excluded by a run under a known counterexample. */
  readonly byKnown: number;
  readonly counterexamples: number;
  /** Pairs of single edits that a search without counterexamples would have tried besides. */
  readonly allPairs: number;
  readonly checks: number;
  readonly runs: number;
  readonly milliseconds: number;
}

interface Searched {
  readonly original: Violated;
  readonly statistics: RepairStatistics;
  /** The limit that ended the search, if one did. */
  readonly stopped?: Stopped;
}

export type RepairResult =
  | (Searched & { readonly kind: "repaired"; readonly repairs: readonly [Repair, ...Repair[]] })
  | (Searched & { readonly kind: "improved"; readonly best: Improvement })
  | (Searched & { readonly kind: "not-repaired"; readonly why?: Unrepairable })
  | { readonly kind: "nothing-to-repair"; readonly original: Holds }
  /** The check of the original ended without a verdict, or in an error. */
  | { readonly kind: "undecided"; readonly result: CheckResult };

/** Why there is nothing to search for. */
export type Unrepairable =
  /** The program is violated without faults: there is no lineage of a loss. */
  | "violated-without-faults"
  /** It has more inputs than are tried one by one. */
  | "too-many-inputs";
