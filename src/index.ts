// The public library: the functions behind the commands. Nothing in it prints, exits or reads the environment; files are
// read through a FileReader, of which `diskFiles` makes one. docs/library.md says how it is used; docs/api.md is made from it.

export type { Change, Edit, TemplateName } from "./candidates/edit.js";
export { templateNames } from "./candidates/edit.js";
export { diskFiles } from "./disk/disk-files.js";
export { diskFolders } from "./disk/disk-folders.js";
export type {
  CarriedInto,
  CarriedTuple,
  EvaluationError,
  Execution,
  Fate,
  Message,
  Tuple,
  TupleAt,
} from "./execution/execution.js";
export type { RunOptions, RunResult } from "./execution/run.js";
export type { Stopped, StopReason } from "./execution/stopped.js";
export type { Tick } from "./execution/timeline-options.js";
export type { NumericBound } from "./faults/bounds.js";
export type { Bound, Budget } from "./faults/budget.js";
export type { BudgetFields } from "./faults/budget-fields.js";
export type { ChannelFault, ChannelInstant, Delay, Duplicate, Omission } from "./faults/channel-faults.js";
export type { CutFault, OneWayPartition, PartialPartition, Partition } from "./faults/cut-faults.js";
export type { Inputs } from "./faults/inputs.js";
export type { Fate as MessageFate } from "./faults/kind.js";
export type { Fault } from "./faults/kinds.js";
export type { Absence, Crash, Pause, Restart } from "./faults/node-faults.js";
export { formatFault } from "./faults/notation.js";
export type { Scenario } from "./faults/scenario.js";
export type { Schedule } from "./faults/schedule.js";
export { noFaults, schedule } from "./faults/schedule.js";
export type { SpaceSize } from "./faults/space.js";
export { faultInWords } from "./faults/words.js";
export { checkFiles } from "./library/check-files.js";
export type {
  CheckFilesOptions,
  FilesChecked,
  FilesDecided,
  FilesFailed,
  FilesRefused,
  FilesReplayed,
  FilesStopped,
  FilesSurvived,
  ReplayFilesOptions,
} from "./library/checked.js";
export { passes } from "./library/checked.js";
export {
  breakTuple,
  check,
  frontier,
  lint,
  load,
  prepare,
  replay,
  run,
  runFile,
  runTests,
  runWithProvenance,
  sweep,
} from "./library/functions.js";
export { memoryFiles } from "./library/memory-files.js";
export { OptionError } from "./library/option-error.js";
export type { WrongOption } from "./library/options.js";
export { renderVerdict, verdictDocument } from "./library/render.js";
export type { RenderOptions } from "./library/render-options.js";
export { replayFiles } from "./library/replay-files.js";
export type { ReportMarkup } from "./library/report.js";
export { renderReport, reportMarkup } from "./library/report.js";
export type { Derivation, Provenance, Support } from "./lineage/derivations.js";
export type { ProvenanceResult } from "./lineage/provenance.js";
export type { LoadOptions } from "./program/includes.js";
export type { LintOptions } from "./program/lint/options.js";
export type { LoadResult } from "./program/load.js";
export type { Memory } from "./program/memory.js";
export type { NamedCondition, NamedSpecification } from "./program/named-specification.js";
export type {
  AggregateTerm,
  ArithmeticTerm,
  AtomLiteral,
  BodyTerm,
  ColumnType,
  ComparisonLiteral,
  ConstantTerm,
  Fact,
  HeadTerm,
  InputStatement,
  Literal,
  Program,
  PromiseStatement,
  ReachStatement,
  Relation,
  RelationId,
  Rule,
  RuleId,
  Setup,
  Stratum,
  Term,
  Timing,
  Value,
  VariableTerm,
  WildcardTerm,
} from "./program/program.js";
export type { Condition, NamedPromise, Specification } from "./program/specification.js";
export type { Refusal } from "./repair/decision.js";
export type { DiffLine, FileDiff, Hunk } from "./repair/diff.js";
export type { ExpectedLine } from "./repair/expectations.js";
export type { Beyond, OneMore, Price } from "./repair/price.js";
export type { RepairContext, RepairOptions, RepairProgress } from "./repair/repair.js";
export { repair } from "./repair/repair.js";
export type {
  EditedFile,
  Improvement,
  Repair,
  RepairResult,
  RepairStatistics,
  Unrepairable,
} from "./repair/result.js";
export type {
  AnsweredDocument,
  BudgetJson,
  CheckDocument,
  ComparisonJson,
  CounterexampleJson,
  DecidedDocument,
  DiagnosticJson,
  DocumentHead,
  ErrorDocument,
  EvaluationErrorJson,
  ExplainedCounterexampleJson,
  FaultJson,
  HoldsDocument,
  InconclusiveDocument,
  IndependentDerivationsJson,
  KnownJson,
  MarginJson,
  MessageJson,
  MinimalJson,
  PlaceJson,
  PromiseJson,
  ReachJson,
  RiskJson,
  ScheduleJson,
  SentenceJson,
  SpecificationJson,
  StatisticsJson,
  TupleAtJson,
  TupleJson,
  ValueJson,
  ViolatedDocument,
  WitnessJson,
} from "./report/json/check-types.js";
export type { DiagnosticStyle } from "./report/terminal/diagnostics.js";
export { plainStyle, renderDiagnostics } from "./report/terminal/diagnostics.js";
export type { TextStyle } from "./report/terminal/text-style.js";
export type { BudgetOptions } from "./search/bounds.js";
export type { BreakOptions } from "./search/break.js";
export type { CheckOptions } from "./search/check.js";
export type { Cell, CellFinding, FrontierOptions, FrontierResult, Range, Ranges } from "./search/frontier.js";
export { frontierConclusion } from "./search/frontier.js";
export type { Limits } from "./search/limits.js";
export type { ReachFinding } from "./search/reach-findings.js";
export type { Replayed } from "./search/replay.js";
export type { Setting, Trial } from "./search/search.js";
export type { Finding, Parameters, Purpose, Step, StepOptions } from "./search/step.js";
export type { Counted } from "./search/strict.js";
export type { SweepEnd, SweepOptions, SweepResult } from "./search/sweep.js";
export { conclusionOf } from "./search/sweep.js";
export type {
  AdequacyWarning,
  CheckResult,
  Counterexample,
  GivenUp,
  Holds,
  Inconclusive,
  Known,
  Method,
  OnlyUnderFaults,
  Progress,
  RelationGrowth,
  Statistics,
  StrategyName,
  Undecided,
  Verdict,
  Violated,
  Witness,
} from "./search/verdict.js";
export type { AskSolver, SolverAnswer } from "./solving/external-solver.js";
export type { SatLiteral } from "./solving/solver.js";
export type { DiagnosticCode, Severity } from "./source/codes.js";
export { diagnosticCodes } from "./source/codes.js";
export type { Diagnostic, Fix, RelatedPlace, TextEdit } from "./source/diagnostic.js";
export type { FileReader, List, Listing, ReadResult } from "./source/file-reader.js";
export type { Position } from "./source/line-index.js";
export { positionAt } from "./source/line-index.js";
export type { SourceFile, Span } from "./source/source.js";
export type { ReachBounds } from "./syntax/declaration.js";
export type { CheckExpectation, Expectation, ExpectedOutcome, RunExpectation } from "./syntax/expectation.js";
export type { ParseResult } from "./syntax/parser.js";
export { parseText as parse } from "./syntax/parser.js";
export { printTree as format } from "./syntax/printer.js";
export type {
  Aggregate,
  AggregateFunction,
  Arithmetic,
  ArithmeticOperator,
  Atom,
  BodyLiteral,
  BrokenAtom,
  BrokenStatement,
  Comment,
  ComparisonOperator,
  Expression,
  FactStatement,
  IncludeStatement,
  IntegerConstant,
  Name,
  Range as SyntaxRange,
  RuleStatement,
  Statement,
  StringConstant,
  SyntaxTree,
  TimeMark,
  Variable,
  Wildcard,
} from "./syntax/tree.js";
export type { Found, LookedAt, TestCase, TestFile } from "./testing/discovery.js";
export { expectationsIn, programsAt } from "./testing/discovery.js";
export type { InWords } from "./testing/judgement.js";
export type { Actual, TestResult, TestSummary } from "./testing/result.js";
export type { TestEnvironment, TestRun } from "./testing/runner.js";
export type { Marks } from "./wording/marks.js";
export type { LargeNumber } from "./wording/numbers.js";
