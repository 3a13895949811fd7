/** The marks that differ between a Unicode and an ASCII text. */
export interface Marks {
  readonly arrow: string;
  readonly range: string;
}

export const unicodeMarks: Marks = { arrow: "→", range: "–" };
