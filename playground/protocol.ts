import type { Fault } from "ldfi";

/*
 * The messages between the page and its workers. Everything is plain data.
 */

/** Texts by path, and the files of the program. */
export interface Files {
  readonly texts: Readonly<Record<string, string>>;
  readonly main: string;
  /** Further files that belong to it. */
  readonly besides: readonly string[];
}

/** The options of a check, with the library's names; `null` is "any". */
export type Budget = Readonly<Record<string, number | null>>;

export type Request =
  | { readonly kind: "analyse"; readonly id: number; readonly files: Files }
  | {
      readonly kind: "check";
      readonly id: number;
      readonly files: Files;
      readonly budget: Budget;
      readonly memory: number;
    }
  /** One run under manually chosen faults, in the notation of the command line without dashes. */
  | {
      readonly kind: "attack";
      readonly id: number;
      readonly files: Files;
      readonly budget: Budget;
      readonly faults: readonly Fault[];
    };

export type { Fault };

export interface Problem {
  readonly path: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** A relation as completion and hover show it. */
export interface RelationInfo {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rules: number;
}

/** A `//! check` line. */
export interface CheckLine {
  readonly title: string;
  readonly expect: string;
  readonly budget: Budget;
  readonly besides: readonly string[];
}

export type Reply =
  | {
      readonly kind: "analysed";
      readonly id: number;
      readonly problems: readonly Problem[];
      readonly relations: readonly RelationInfo[];
      readonly checks: readonly CheckLine[];
      /** The files that the program is made of, the main one first. */
      readonly paths: readonly string[];
    }
  | { readonly kind: "progress"; readonly id: number; readonly text: string }
  | {
      readonly kind: "shown";
      readonly id: number;
      readonly outcome: Outcome;
      readonly html: string;
      /** For the report's script. */
      readonly model?: object;
      /** The faults of the run that is shown, with their words. */
      readonly faults: readonly { readonly fault: Fault; readonly words: string; readonly notation: string }[];
    }
  | { readonly kind: "failed"; readonly id: number; readonly message: string; readonly outOfMemory?: true };

export type Outcome = "holds" | "violated" | "inconclusive" | "error" | "refused" | "survives";
