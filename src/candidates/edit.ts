/*
 * Edits of a program, as data. A rule is named by its canonical text, so that an edit found for one version of a program can be
 * applied to another version that still has the rule.
 */

/** The catalogue, in the order of the documentation. */
export const templateNames = [
  "remember",
  "retry",
  "retry-until-acknowledged",
  "relay",
  "wait",
  "quorum",
  "durable",
  "once",
  "newest-only",
  "lease-ends-first",
  "ask-again",
] as const;

export type TemplateName = (typeof templateNames)[number];

/** One change of the text. Rules and literals are canonical text; a rule ends in `;`. */
export type Change =
  /** Adds rules after the rule `near` if that is in the main file, and at the end of the main file if not. */
  | { readonly kind: "add-rules"; readonly near: string; readonly rules: readonly string[] }
  /** Appends literals to the body of a rule. */
  | { readonly kind: "add-literals"; readonly rule: string; readonly literals: readonly string[] }
  /** Replaces a rule by another in canonical form. */
  | { readonly kind: "replace-rule"; readonly rule: string; readonly text: string }
  /** Replaces one literal of the body of a rule, by its index. */
  | { readonly kind: "replace-literal"; readonly rule: string; readonly literal: number; readonly text: string }
  /** Replaces one argument of the head of a rule, by its index. */
  | { readonly kind: "replace-argument"; readonly rule: string; readonly argument: number; readonly text: string }
  /** Adds a `//! durable` line before the first rule of the relation. */
  | { readonly kind: "durable"; readonly relation: string };

/** An instance of a template: the smallest part of a repair. */
export interface Edit {
  readonly template: TemplateName;
  /** What the edited program does, in words: begins with a name of the program, in lower case, without a full stop. */
  readonly title: string;
  readonly changes: readonly Change[];
  /** By how many instants at most a changed constant moves what it times; 0 if the edit changes no timer. */
  readonly delay: number;
}

/** A key that is equal for equal edits. */
export function editKey({ changes }: Edit): string {
  return JSON.stringify(changes);
}
