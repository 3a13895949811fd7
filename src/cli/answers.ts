import type { KeptVerdict } from "../search/kept-verdict.js";

/** Where answers are kept, by question. */
export interface Answers {
  /** What `write` was given for this question, as far as it is known. */
  read(question: string): unknown;
  write(question: string, kept: KeptVerdict): void;
  /** Why an answer could not be kept, as a line for standard error; nothing if all were. */
  readonly problem: string | undefined;
}

/** Answers in memory. */
export class RememberedAnswers implements Answers {
  readonly problem = undefined;
  private readonly answers = new Map<string, KeptVerdict>();

  read(question: string): KeptVerdict | undefined {
    return this.answers.get(question);
  }

  write(question: string, kept: KeptVerdict): void {
    this.answers.set(question, kept);
  }
}
