import type { Query } from "../solving/queries.js";
import type { FileReader } from "../source/file-reader.js";
import type { SyntaxTree } from "../syntax/tree.js";
import type { TestCase } from "../testing/discovery.js";
import { expectationsIn } from "../testing/discovery.js";
import type { TestResult } from "../testing/result.js";
import { runFile } from "../testing/runner.js";

/** What running the lines of files needs. */
export interface ExpectationContext {
  readonly reader: FileReader;
  readonly includeDirs: readonly string[];
  readonly interrupted: () => boolean;
  /** How queries to the solver are run. */
  readonly using: Query;
}

/** The reader that sees the files of some trees as they are in the trees. */
export function withTrees(reader: FileReader, trees: readonly SyntaxTree[]): FileReader {
  const texts = new Map(trees.map(({ source }) => [reader.resolve(source.path), source.text]));
  return {
    ...reader,
    read: (path) => {
      const text = texts.get(reader.resolve(path));
      return text === undefined ? reader.read(path) : { kind: "read", text };
    },
  };
}

/** A line of a file, and what it expects. */
export interface ExpectedLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** The lines of some files, run before any edit and after one. What was so before is worked out once, when it is asked for. */
export class Expectations {
  private readonly before = new Map<TestCase, boolean>();
  private readonly cases: readonly TestCase[];

  constructor(
    files: readonly string[],
    private readonly context: ExpectationContext,
  ) {
    this.cases = files.flatMap((file) => expectationsIn(file, context.reader).cases);
  }

  /** Whether every line that expects `holds`, and is met by the original, is met after the edit. */
  keepsHolding(trees: readonly SyntaxTree[]): boolean {
    return this.cases
      .filter(({ expectation }) => expectation.expect === "holds")
      .every((testCase) => this.holdsAfter(testCase, trees) || !this.isMet(testCase));
  }

  /** The lines that the original meets, and that are not met any more after the edit. */
  noLongerMet(trees: readonly SyntaxTree[]): readonly ExpectedLine[] {
    const reader = withTrees(this.context.reader, trees);
    return this.cases
      .filter((testCase) => {
        const result = this.resultOf(testCase, reader);
        return result?.kind !== "passed" && result?.actual.kind !== "inconclusive" && this.isMet(testCase);
      })
      .map(({ file, line, expectation: { span } }) => ({
        file,
        line,
        text: span.file.text.slice(span.start, span.end),
      }));
  }

  private isMet(testCase: TestCase): boolean {
    const known = this.before.get(testCase);
    if (known !== undefined) return known;
    const met = this.resultOf(testCase, this.context.reader)?.kind === "passed";
    this.before.set(testCase, met);
    return met;
  }

  /** A line that expects a vacuous `holds` need not stay vacuous. */
  private holdsAfter(testCase: TestCase, trees: readonly SyntaxTree[]): boolean {
    const result = this.resultOf(testCase, withTrees(this.context.reader, trees));
    return result?.kind === "passed" || (result?.actual.kind === "holds" && testCase.expectation.vacuous === true);
  }

  private resultOf(testCase: TestCase, reader: FileReader): TestResult | undefined {
    const { includeDirs, interrupted, using } = this.context;
    const [result] = runFile(
      { path: testCase.file, cases: [testCase], diagnostics: [] },
      { reader, includeDirs, interrupted },
      using,
    );
    return result;
  }
}
