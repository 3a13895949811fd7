import type { LintOptions } from "../program/lint/index.js";
import { lintProgram } from "../program/lint/index.js";
import { loadProgram } from "../program/load.js";
import type { Program } from "../program/program.js";
import { resolveSpecification } from "../program/specification.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import { parseDirectives } from "../syntax/directives.js";
import type { Expectation } from "../syntax/expectation.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { locate } from "../testing/locate.js";
import type { ParseCache } from "./parse-cache.js";

export interface Surroundings {
  readonly reader: FileReader;
  readonly includeDirs: readonly string[];
  readonly parses: ParseCache;
}

/**
 * A program of an editor: a root with the files that it includes, and those that one of its `//!` lines adds by `with=`. If
 * its lines differ in these files or in the specification, a root is several programs.
 */
export interface View {
  /** The path of the root. */
  readonly root: string;
  /** The first line that asks for this program; absent if the root has none. */
  readonly expectation?: Expectation;
  readonly trees: readonly SyntaxTree[];
  /** Present exactly if no diagnostic of reading, parsing and building is an error. */
  readonly program?: Program;
  /** Of reading, parsing, building, lint, the `//!` lines and the specification. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The programs of which a file is the root; at least one. */
export function viewsOf(root: string, surroundings: Surroundings): readonly View[] {
  const distinct = new Map<string, Expectation>();
  for (const expectation of expectationsOf(root, surroundings)) {
    const { with: files, pre, post, never, nodes } = expectation;
    const key = JSON.stringify([files, pre, post, never, nodes]);
    if (!distinct.has(key)) distinct.set(key, expectation);
  }
  if (distinct.size === 0) return [viewOf(root, undefined, surroundings)];
  return [...distinct.values()].map((expectation) => viewOf(root, expectation, surroundings));
}

/** The `check` and `run` lines of a file. */
export function expectationsOf(path: string, { reader, parses }: Surroundings): readonly Expectation[] {
  const read = reader.read(path);
  if (read.kind !== "read" || !read.text.includes("//!")) return [];
  return parseDirectives(parses.parse({ path: nameOf(path), text: read.text }).tree).directives;
}

/** The files of the program that an expectation of a root asks for. */
export function filesOf(
  root: string,
  expectation: Expectation | undefined,
  surroundings: Surroundings,
): readonly string[] {
  return [root, ...(expectation?.with ?? []).map((name) => locate(name, root, surroundings))];
}

function viewOf(root: string, expectation: Expectation | undefined, surroundings: Surroundings): View {
  const { reader, includeDirs, parses } = surroundings;
  const files = filesOf(root, expectation, surroundings);
  const { program, trees, diagnostics } = loadProgram(files, reader, { includeDirs, parse: parses.parse });
  let all: readonly Diagnostic[] | undefined;
  const withAdvice = (): readonly Diagnostic[] => {
    const advice = program === undefined ? [] : adviceOn(program, expectation);
    return [...diagnostics, ...trees.flatMap((tree) => parseDirectives(tree).diagnostics), ...advice];
  };
  return {
    root,
    trees,
    ...(expectation === undefined ? {} : { expectation }),
    ...(program === undefined ? {} : { program }),
    // Lints take as long as everything else, and most requests do not need them.
    get diagnostics() {
      all ??= withAdvice();
      return all;
    },
  };
}

/** Lints and errors of the specification. Those caused by the options of a line are reported at that line. */
function adviceOn(program: Program, expectation: Expectation | undefined): readonly Diagnostic[] {
  const options = lintOptionsOf(expectation);
  const specification = resolveSpecification(program, options).diagnostics;
  // A part of other programs needs no specification.
  const wanted = specification.filter(({ code }) => expectation !== undefined || code !== "nothing-to-check");
  return [...lintProgram(program, options), ...wanted].map((d) =>
    d.span !== undefined || expectation === undefined ? d : { ...d, span: placeOf(d, expectation) },
  );
}

function placeOf({ code }: Diagnostic, { spans, span }: Expectation): Expectation["span"] {
  const key = code === "unknown-node" ? "nodes" : ["pre", "post", "never"].find((role) => spans.has(role));
  return (key === undefined ? undefined : spans.get(key)) ?? span;
}

function lintOptionsOf(expectation: Expectation | undefined): LintOptions {
  if (expectation === undefined) return {};
  const { pre, post, never, nodes } = expectation;
  return {
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
    ...(never === undefined ? {} : { never }),
    ...(nodes === undefined ? {} : { nodes }),
  };
}

/** The name under which a file is reported. */
export function nameOf(path: string): string {
  return path === "-" ? "<stdin>" : path;
}
