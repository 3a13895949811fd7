import type { Diagnostic } from "../../source/diagnostic.js";
import type { Program } from "../program.js";
import { aggregateCollapses } from "./aggregate-collapses.js";
import { durableLines } from "./durable-lines.js";
import { independentExtremes } from "./independent-extremes.js";
import type { LintOptions } from "./options.js";
import { protocolReadsCrash } from "./protocol-reads-crash.js";
import { remoteReads } from "./remote-reads.js";
import { repeatedFacts } from "./repeated-facts.js";
import { singleUseVariables } from "./single-use-variables.js";
import { unknownNodes } from "./unknown-nodes.js";
import { unknownRelations } from "./unknown-relations.js";
import { unreadRelations } from "./unread-relations.js";

export type { LintOptions } from "./options.js";

/** A lint: an analysis whose diagnostics are warnings. */
type Lint = (program: Program, options: LintOptions) => readonly Diagnostic[];

const lints: readonly Lint[] = [
  unknownNodes,
  unknownRelations,
  unreadRelations,
  singleUseVariables,
  remoteReads,
  protocolReadsCrash,
  aggregateCollapses,
  repeatedFacts,
  independentExtremes,
  durableLines,
];

/** The lints of a program without errors; they never change a verdict. In the order of the files and of the text. */
export function lintProgram(program: Program, options: LintOptions = {}): readonly Diagnostic[] {
  const fileOrder = new Map(program.files.map((file, i) => [file, i]));
  const fileOf = ({ span }: Diagnostic): number =>
    span === undefined ? -1 : (fileOrder.get(span.file) ?? program.files.length);
  const found = lints.flatMap((lint) => lint(program, options));
  return found
    .filter((diagnostic) => !isToldOtherwise(diagnostic, found))
    .sort((a, b) => fileOf(a) - fileOf(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

/**
 * A variable that an aggregate collapses occurs once, but replacing it by `_` would only hide the problem, which the lint of the aggregate
 * reports.
 */
function isToldOtherwise({ code, span }: Diagnostic, found: readonly Diagnostic[]): boolean {
  return (
    code === "single-use-variable" &&
    found.some(
      (other) =>
        other.code === "aggregate-collapses" &&
        other.related.some(({ span: of }) => of?.file === span?.file && of?.start === span?.start),
    )
  );
}

/** The lints of a program that is checked; what is wrong with its nodes is reported with the budget. */
export function adviceOn(
  program: Program,
  { pre, post, never, nodes }: { readonly [K in keyof LintOptions]?: LintOptions[K] | undefined },
): readonly Diagnostic[] {
  const options = {
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
    ...(never === undefined ? {} : { never }),
    ...(nodes === undefined ? {} : { nodes }),
  };
  return lintProgram(program, options).filter(({ code }) => code !== "unknown-node");
}
