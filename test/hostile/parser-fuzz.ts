import type { Diagnostic } from "../../src/source/diagnostic.js";
import type { Span } from "../../src/source/source.js";
import { parseText } from "../../src/syntax/parser.js";
import { Random } from "../properties/random.js";
import { loadText } from "../properties/loading.js";
import { hostileText } from "./texts.js";

export { sampleTexts } from "./texts.js";

export interface ParserProblem {
  readonly seed: number;
  readonly text: string;
  readonly message: string;
}

/** What is wrong with how a text was read; undefined if it was read, or refused with complaints that have places. */
export function parserProblem(text: string): string | undefined {
  try {
    const { tree, diagnostics } = parseText({ path: "hostile.ded", text });
    for (const s of tree.statements) if (!isWithin(s.span, text)) return "a statement without a proper place";
    for (const d of diagnostics) {
      const problem = complaintProblem(d, text);
      if (problem !== undefined) return problem;
    }
    // What parses must be judged by the later stages, whatever they think of it.
    if (diagnostics.length === 0) loadText(text);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
}

function complaintProblem(d: Diagnostic, text: string): string | undefined {
  if (d.message.length === 0) return `${d.code} without a message`;
  if (/undefined|NaN|\[object/.test(d.message)) return `${d.code}: ${d.message}`;
  if (d.span !== undefined && !isWithin(d.span, text)) return `${d.code} at ${d.span.start}–${d.span.end} of ${text.length}`;
  return undefined;
}

function isWithin(span: Span, text: string): boolean {
  return span.start >= 0 && span.start <= span.end && span.end <= text.length;
}

/** Reads `count` hostile texts, one a seed. */
export function fuzzParser(first: number, count: number, samples: readonly string[], onProblem: (problem: ParserProblem) => void): void {
  for (let seed = first; seed < first + count; seed++) {
    const random = new Random(seed);
    const text = hostileText(random, random.pick(samples));
    const message = parserProblem(text);
    if (message !== undefined) onProblem({ seed, text, message });
  }
}
