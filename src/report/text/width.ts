import { eastAsianWidth } from "get-east-asian-width";

/*
 * The columns that a text takes on a terminal. East Asian wide characters and emoji take two, what combines with the
 * character before it takes none. Where the standard leaves the width of a character to the context (UAX #11,
 * "ambiguous": `→`, `…`, `─`), it is narrow, as in every terminal that is not set up for an East Asian legacy encoding.
 */

/** Latin letters, punctuation, arrows and the marks of drawings: each is one grapheme of one column. Most texts contain only these. */
const plain = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2713-\u2718]*$/;
/** Characters that can combine with their neighbours to one grapheme; without them every character is one grapheme. */
const joining =
  /[\p{Mark}\p{Format}\p{Regional_Indicator}\p{Extended_Pictographic}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/u;
const invisible = /^[\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Default_Ignorable_Code_Point}\p{Control}]$/u;
/** Drawn as an emoji by itself, by a variation selector, as a flag or as a keycap. */
const emoji = /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Regional_Indicator}{2}|[\d#*]\u20e3)/u;
const spacingMark = /^[\p{Spacing_Mark}\uff9e\uff9f]$/u;

let segmenter: Intl.Segmenter | undefined;

/** The graphemes of the text. */
export function graphemes(text: string): readonly string[] {
  if (plain.test(text) || !joining.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The columns that a text takes. */
export function displayWidth(text: string): number {
  return plain.test(text) ? text.length : graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** The columns that one character takes, as `graphemes` gives it: 0, 1, 2 or, with marks that need room of their own, more. */
export function graphemeWidth(grapheme: string): number {
  if (plain.test(grapheme)) return grapheme.length;
  if (emoji.test(grapheme)) return 2;
  const [base, ...marks] = [...grapheme].filter((c) => !invisible.test(c));
  if (base === undefined) return 0;
  return eastAsianWidth(base.codePointAt(0) ?? 0) + marks.filter((c) => spacingMark.test(c)).length;
}

/** The text, or the longest prefix that fits into some columns together with an ellipsis. */
export function truncated(text: string, columns: number, ellipsis: string): string {
  if (displayWidth(text) <= columns) return text;
  let left = columns - displayWidth(ellipsis);
  let result = "";
  for (const grapheme of graphemes(text)) {
    left -= graphemeWidth(grapheme);
    if (left < 0) break;
    result += grapheme;
  }
  return result + ellipsis;
}

/** Pads the text with blanks on the right, up to some columns. */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/** Pads the text with blanks on the left, up to some columns. */
export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - displayWidth(text))) + text;
}
