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
  private readonly texts = new Map<string, string>();

  read(question: string): unknown {
    const text = this.texts.get(question);
    return text === undefined ? undefined : JSON.parse(text);
  }

  write(question: string, kept: KeptVerdict): void {
    this.texts.set(question, JSON.stringify(kept));
  }
}
