// The public library: the functions behind the commands. Nothing in it prints, exits or reads the environment; files are
// read through a FileReader that the caller supplies.

export type { EvaluationError, Execution, Fate, Message, Tuple, TupleAt } from "./execution/execution.js";
export type { RunOptions, RunResult } from "./execution/run.js";
export { run } from "./execution/run.js";
export type { Stopped, StopReason } from "./execution/stopped.js";
export type { Budget } from "./faults/budget.js";
export type { Omission } from "./faults/channel-faults.js";
export type { Fault } from "./faults/kinds.js";
export type { Crash } from "./faults/node-faults.js";
export type { Schedule } from "./faults/schedule.js";
export type { SpaceSize } from "./faults/space.js";
export type { Derivation, Provenance, Support } from "./lineage/derivations.js";
export type { ProvenanceResult } from "./lineage/provenance.js";
export { runWithProvenance } from "./lineage/provenance.js";
export { lintProgram as lint } from "./program/lint/index.js";
export type { LoadResult } from "./program/load.js";
export { loadProgram as load } from "./program/load.js";
export type { Fact, Literal, Program, Relation, RelationId, Rule, RuleId, Value } from "./program/program.js";
export type { Specification } from "./program/specification.js";
export { renderDiagnostics } from "./report/terminal/diagnostics.js";
export type { BreakOptions } from "./search/break.js";
export { breakTuple } from "./search/break.js";
export type { CheckOptions } from "./search/check.js";
export { check, prepare } from "./search/check.js";
export type { Cell, CellFinding, FrontierOptions, FrontierResult, Range, Ranges } from "./search/frontier.js";
export { frontier, frontierConclusion } from "./search/frontier.js";
export type { Replayed } from "./search/replay.js";
export { replay } from "./search/replay.js";
export type { Setting, Trial } from "./search/search.js";
export type { Finding, Parameters, Purpose, Step } from "./search/step.js";
export type { SweepEnd, SweepOptions, SweepResult } from "./search/sweep.js";
export { conclusionOf, sweep } from "./search/sweep.js";
export type {
  AdequacyWarning,
  CheckResult,
  Counterexample,
  Holds,
  Inconclusive,
  Known,
  Method,
  Progress,
  Statistics,
  StrategyName,
  Verdict,
  Violated,
  Witness,
} from "./search/verdict.js";
export type { DiagnosticCode, Severity } from "./source/codes.js";
export type { Diagnostic, RelatedPlace } from "./source/diagnostic.js";
export type { FileReader, ReadResult } from "./source/file-reader.js";
export type { Position } from "./source/line-index.js";
export type { SourceFile, Span } from "./source/source.js";
export { parseText as parse } from "./syntax/parser.js";
export { printTree as format } from "./syntax/printer.js";
export type { SyntaxTree } from "./syntax/tree.js";
export type { List, Listing, TestCase, TestFile } from "./testing/discovery.js";
export { expectationsIn, programsAt } from "./testing/discovery.js";
export type { Actual, TestResult, TestSummary } from "./testing/result.js";
export type { TestEnvironment, TestRun } from "./testing/runner.js";
export { runFile, runTests } from "./testing/runner.js";
