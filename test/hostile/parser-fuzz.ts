import { lintProgram } from "../../src/program/lint/index.js";
import { loadProgram } from "../../src/program/load.js";
import type { Program } from "../../src/program/program.js";
import { plainStyle, renderDiagnostics } from "../../src/report/terminal/diagnostics.js";
import { check, prepare } from "../../src/search/check.js";
import type { Diagnostic } from "../../src/source/diagnostic.js";
import type { Span } from "../../src/source/source.js";
import { parseText } from "../../src/syntax/parser.js";
import { printTree } from "../../src/syntax/printer.js";
import { draftOf, print } from "../properties/draft.js";
import { readerOf } from "../properties/loading.js";
import { Random } from "../properties/random.js";
import { hostileText } from "./texts.js";

export { sampleTexts } from "./texts.js";

export interface ParserProblem {
  readonly seed: number;
  readonly text: string;
  readonly message: string;
}

/**
 * What is wrong with how a text was taken; undefined if it was refused with complaints that have places and can be shown,
 * or read, formatted, linted and checked.
 */
export function parserProblem(text: string): string | undefined {
  try {
    const { tree, diagnostics } = parseText({ path: "hostile.ded", text });
    if (tree.statements.some((s) => !isWithin(s.span, text))) return "a statement without a proper place";
    if (diagnostics.length > 0) return complaintsProblem(diagnostics, text);
    const formatted = printTree(tree);
    const again = parseText({ path: "hostile.ded", text: formatted });
    if (again.diagnostics.length > 0) return `formatted, the text is refused: ${formatted}`;
    if (facts(tree) && print(draftOf(again.tree)) !== print(draftOf(tree)))
      return `formatted, the text reads otherwise: ${formatted}`;
    if (printTree(again.tree) !== formatted) return `formatted again, the text changes: ${formatted}`;
    const loaded = loadProgram(["hostile.ded"], readerOf(new Map([["hostile.ded", text]])));
    const complaints = complaintsProblem(loaded.diagnostics, text);
    return complaints ?? (loaded.program === undefined ? undefined : searchProblem(loaded.program, text));
  } catch (thrown) {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
}

/** Whether every fact is one, so that there is a draft to compare. */
function facts(tree: ReturnType<typeof parseText>["tree"]): boolean {
  return tree.statements.every(
    (s) => s.kind !== "fact" || s.atom.args.every((arg) => arg.kind === "integer" || arg.kind === "string"),
  );
}

function searchProblem(program: Program, text: string): string | undefined {
  const advice = complaintsProblem(lintProgram(program), text);
  if (advice !== undefined) return advice;
  const { setting, diagnostics } = prepare(program, { eot: 3, eff: 2, maxTuples: 2000 });
  if (setting === undefined) return complaintsProblem(diagnostics, text);
  check(setting, { maxRuns: 20 });
  return undefined;
}

function complaintsProblem(diagnostics: readonly Diagnostic[], text: string): string | undefined {
  const shown = renderDiagnostics(diagnostics, plainStyle);
  // eslint-disable-next-line no-control-regex
  if (/(?!\n)\p{Cc}/u.test(shown)) return `shown as ${JSON.stringify(shown)}`;
  for (const d of diagnostics) {
    if (d.message.length === 0) return `${d.code} without a message`;
    if (/undefined|NaN|\[object/.test(d.message) && !/undefined|NaN|\[object/.test(text))
      return `${d.code}: ${d.message}`;
    if (d.span !== undefined && !isWithin(d.span, text))
      return `${d.code} at ${d.span.start}–${d.span.end} of ${text.length}`;
  }
  return undefined;
}

function isWithin(span: Span, text: string): boolean {
  return span.start >= 0 && span.start <= span.end && span.end <= text.length;
}

/** Reads `count` hostile texts, one a seed. */
export function fuzzParser(
  first: number,
  count: number,
  samples: readonly string[],
  onProblem: (problem: ParserProblem) => void,
): void {
  for (let seed = first; seed < first + count; seed++) {
    const random = new Random(seed);
    const text = hostileText(random, random.pick(samples));
    const message = parserProblem(text);
    if (message !== undefined) onProblem({ seed, text, message });
  }
}
