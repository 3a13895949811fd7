import type { Arrow, SpaceTime } from "../../evidence/space-time.js";
import { isLate } from "../../evidence/space-time.js";
import type { EvaluationError, Execution, Tuple, TupleAt } from "../../execution/execution.js";
import type { Budget } from "../../faults/budget.js";
import { fieldsOfBudget } from "../../faults/budget-fields.js";
import type { Fault } from "../../faults/kinds.js";
import { fieldsOf } from "../../faults/kinds.js";
import type { Schedule } from "../../faults/schedule.js";
import type { SpaceSize } from "../../faults/space.js";
import { chosenFacts } from "../../program/chosen-inputs.js";
import { restartMemory } from "../../program/forgetting.js";
import { memoryOf } from "../../program/memory.js";
import { namedSpecification } from "../../program/named-specification.js";
import type { Program, RelationId, RuleId } from "../../program/program.js";
import { isStatic } from "../../program/program.js";
import type { Specification } from "../../program/specification.js";
import { rolesOf } from "../../program/specification.js";
import type { Counterexample, Known, Statistics, Undecided, Witness } from "../../search/verdict.js";
import { brokenPromises } from "../../search/witnesses.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { positionAt } from "../../source/line-index.js";
import type { Span } from "../../source/source.js";
import { formatBig } from "../../wording/numbers.js";
import { phaseInWords } from "../text/phase-words.js";
import { relationName } from "../text/tuples.js";
import type { JsonObject } from "./json.js";

/* The values that several documents share, as schema/check.schema.json describes them. */

export function budgetJson(budget: Budget): JsonObject {
  return fieldsOfBudget(budget);
}

export function specificationJson(specification: Specification, program: Program): JsonObject {
  return { ...namedSpecification(specification, program) };
}

/** Which carried relations a restarting node keeps and forgets. */
export function restartMemoryJson(specification: Specification, program: Program): JsonObject {
  const { durable, configuration, forgotten } = restartMemory(program, memoryOf(program, rolesOf(specification)));
  const names = (ids: readonly RelationId[]): readonly string[] => ids.map((id) => relationName(program, id));
  return { durable: names(durable), configuration: names(configuration), forgotten: names(forgotten) };
}

export function faultJson(fault: Fault): JsonObject {
  return fieldsOf(fault);
}

export function scheduleJson(schedule: Schedule): readonly JsonObject[] {
  return schedule.map(faultJson);
}

export function tupleJson(program: Program, relation: RelationId, args: Tuple): JsonObject {
  return { relation: relationName(program, relation), args };
}

export function tupleAtJson(program: Program, tuple: TupleAt): JsonObject {
  return { ...tupleJson(program, tuple.relation, tuple.args), at: tuple.instant };
}

/** The facts that the inputs of an execution add, if its program has inputs. */
export function inputsJson({ program, inputs }: Execution): JsonObject {
  if (program.inputs.length === 0) return {};
  return {
    inputs: chosenFacts(program, inputs).map(({ relation, args, instant }) =>
      tupleAtJson(program, { relation, args, instant }),
    ),
  };
}

/** `specification`: absent if a single tuple was asked about. */
export function counterexampleJson(
  { schedule, execution, witnesses, minimalFor }: Counterexample,
  specification: Specification | undefined,
): JsonObject {
  const breaks = specification === undefined ? [] : brokenPromises(specification, witnesses);
  return {
    faults: schedule.length,
    ...(minimalFor === undefined ? {} : { promise: minimalFor }),
    ...(breaks.length === 0 ? {} : { breaks }),
    schedule: scheduleJson(schedule),
    ...inputsJson(execution),
    witnesses: witnesses.map((witness) => witnessJson(execution.program, witness)),
  };
}

/** A missing tuple is missing at the end of time; a forbidden one holds first at `at`. */
function witnessJson(program: Program, witness: Witness): JsonObject {
  const { kind, promise } = witness;
  const tuple = kind === "missing" ? tupleJson(program, witness.relation, witness.args) : tupleAtJson(program, witness);
  return promise === undefined ? tuple : { ...tuple, promise };
}

/** All digits, unless there are too many. */
export function spaceJson(space: SpaceSize): string {
  return typeof space === "bigint" ? space.toString() : formatBig(space);
}

function knownJson(known: Known): JsonObject {
  return {
    executions: known.executions,
    ...(known.ruledOut === undefined ? {} : { ruledOutUpTo: known.ruledOut }),
    ...(known.givenUp === undefined ? {} : { lineageGivenUp: known.givenUp.detail }),
    ...(known.space === undefined ? {} : { space: spaceJson(known.space) }),
  };
}

export function undecidedJson({ reason, detail, during, known }: Undecided): JsonObject {
  return {
    reason,
    detail,
    ...(during === undefined ? {} : { during: phaseInWords(during) }),
    known: knownJson(known),
  };
}

export function statisticsJson(statistics: Statistics): JsonObject {
  const { executions, space, possibleTuples, graphNodes, coneNodes, variables, clauses, solverCalls, times } =
    statistics;
  return {
    executions,
    space: spaceJson(space),
    possibleTuples,
    graphNodes,
    coneNodes,
    variables,
    clauses,
    solverCalls,
    ...(statistics.givenUp === undefined ? {} : { lineageGivenUp: statistics.givenUp.detail }),
    milliseconds: Object.fromEntries(Object.entries(times).map(([phase, ms]) => [phase, Math.round(ms * 1000) / 1000])),
  };
}

export function placeJson(span: Span): JsonObject {
  const { line, column } = positionAt(span.file, span.start);
  const end = positionAt(span.file, span.end);
  return { file: span.file.path, line, column, endLine: end.line, endColumn: end.column };
}

export function rulePlaceJson(program: Program, rule: RuleId): JsonObject {
  const span = program.rules[rule]?.span;
  return span === undefined ? {} : placeJson(span);
}

export function diagnosticJson(d: Diagnostic): JsonObject {
  return {
    code: d.code,
    severity: d.severity,
    message: d.message,
    ...(d.about === undefined ? {} : { about: d.about }),
    ...(d.span === undefined ? {} : { place: placeJson(d.span) }),
    ...(d.help === undefined ? {} : { help: d.help }),
    ...(d.related.length === 0
      ? {}
      : { related: d.related.map((r) => ({ message: r.message, place: placeJson(r.span) })) }),
  };
}

export function evaluationErrorJson(program: Program, error: EvaluationError): JsonObject {
  return {
    kind: error.kind,
    relation: relationName(program, error.relation),
    at: error.instant,
    binding: Object.fromEntries(error.binding.map((b) => [b.variable, b.value])),
    schedule: scheduleJson(error.schedule),
    ...(error.rule === undefined ? {} : { rule: rulePlaceJson(program, error.rule) }),
  };
}

/** The messages between different nodes, as they are drawn. */
export function messagesJson(diagram: SpaceTime, program: Program): readonly JsonObject[] {
  return diagram.arrows.map((arrow) => arrowJson(arrow, program));
}

function arrowJson(arrow: Arrow, program: Program): JsonObject {
  const { from, to, sent, fate, arrivals, messages } = arrow;
  const tuples = messages.map((m) => tupleJson(program, m.relation, m.args));
  return { from, to, sent, fate, ...(isLate(arrow) ? { arrivals } : {}), tuples };
}

/** The relations that are not empty at an instant; static ones separately. */
export function tablesJson(execution: Execution, instant: number): JsonObject {
  const { program } = execution;
  const held = (everywhere: boolean): JsonObject => {
    const chosen = program.relations.filter(({ id }) => isStatic(program, id) === everywhere);
    const tables = chosen.map((r) => [r.name, execution.tuples(r.id, instant)] as const);
    return Object.fromEntries(tables.filter(([, tuples]) => tuples.length > 0));
  };
  const everywhere = held(true);
  return { ...(Object.keys(everywhere).length === 0 ? {} : { everywhere }), relations: held(false) };
}
