/** What `ldfi explain` says of a code, beyond its one-line meaning. */
export interface Page {
  /** Why it is reported, and what follows from it. */
  readonly text: string;
  /** What the examples are; by default programs. */
  readonly kind?: ExampleKind;
  /** A program that has it, as short as it can be. */
  readonly wrong: string;
  /** The same program, corrected. */
  readonly right: string;
  /** What `ldfi check` is given besides the program. */
  readonly options?: string;
  /** The options for the corrected program, if they differ. */
  readonly rightOptions?: string;
}

export type ExampleKind = "program" | "command" | "hunt file" | "trace";
