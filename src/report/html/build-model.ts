import type { DerivationTable, Row } from "../../evidence/derivation-table.js";
import { derivationTable, TupleNumbers } from "../../evidence/derivation-table.js";
import type { SpaceTime } from "../../evidence/space-time.js";
import { spaceTime } from "../../evidence/space-time.js";
import type { Traced } from "../../evidence/traced-run.js";
import type { Execution, Message } from "../../execution/execution.js";
import { breachesAt } from "../../execution/obligations.js";
import { relationsOf } from "../../program/demands.js";
import type { Program, RelationId } from "../../program/program.js";
import { isStatic } from "../../program/program.js";
import type { Specification } from "../../program/specification.js";
import { formatValue } from "../../source/strings.js";
import type { Period } from "../../wording/instants.js";
import type { StepPlace } from "../text/causal-events.js";
import type { CausalStep } from "../text/causal-steps.js";
import { scheduleInWords } from "../text/schedule-words.js";
import { shortMessage } from "../text/short-tuples.js";
import { rulePlace, ruleText } from "../text/source-text.js";
import { formatNode, formatPattern, formatTuple, relationName } from "../text/tuples.js";
import type { ArrowModel, Model, RowModel, RunModel, StepModel } from "./model.js";

/** A run under a name that a reader understands. */
export interface NamedRun {
  readonly title: string;
  readonly run: Traced;
}

/** The most derivations in a report for each of the first two runs, and for all others together. */
const mostDerivations = 40_000;

/** The runs of a report as the client reads them; the caller adds the lineages. */
export function buildModel(
  runs: readonly NamedRun[],
  specification: Specification,
  failureFree: Execution,
  steps: readonly CausalStep[],
): { readonly model: Omit<Model, "lineages">; readonly numbers: TupleNumbers } {
  const { program, nodes, eot } = failureFree;
  const numbers = new TupleNumbers();
  const shared = Math.floor(mostDerivations / Math.max(1, runs.length - 2));
  const tables = runs.map(({ run }, i) => derivationTable(run, numbers, i < 2 ? mostDerivations : shared));
  const models = runs.map(
    ({ title, run }, i): RunModel => runModel(title, run.execution, tables[i], specification, failureFree, numbers),
  );
  const model = {
    nodes: nodes.map(formatNode),
    eot,
    relations: program.relations.map((r) => r.name),
    everywhere: program.relations.flatMap(({ id }) => (isStatic(program, id) ? [id] : [])),
    tuples: numbers.tuples.map(({ relation, args }) => ({
      relation,
      text: formatTuple(program, relation, args),
      place: typeof args[0] === "string" ? formatNode(args[0]) : formatValue(args[0] ?? 0),
    })),
    rules: program.rules.map(({ id }) => ({ place: rulePlace(program, id), text: ruleText(program, id) })),
    steps: steps.map(
      ({ text, fault, rule, places }): StepModel => ({
        text,
        places: places.map(withNames),
        ...(fault ? { fault: 1 as const } : {}),
        ...(rule === undefined ? {} : { rule }),
      }),
    ),
    runs: models.map((run) => ({ ...run, periods: numbers.tuples.map((_, i) => run.periods[i] ?? null) })),
  };
  return { model, numbers };
}

/** Nodes have the names that the drawing shows. */
function withNames(place: StepPlace): StepPlace {
  switch (place.kind) {
    case "messages":
      return { ...place, from: formatNode(place.from), to: formatNode(place.to) };
    case "node":
      return { ...place, node: formatNode(place.node) };
    case "cut":
    case "end":
      return place;
    default: {
      const never: never = place;
      return never;
    }
  }
}

function runModel(
  title: string,
  execution: Execution,
  table: DerivationTable | undefined,
  specification: Specification,
  failureFree: Execution,
  numbers: TupleNumbers,
): RunModel {
  const { program, eot, schedule, nodes } = execution;
  const watched = relationsOf(specification);
  return {
    title,
    faults: scheduleInWords(schedule, nodes),
    periods: (table?.periods ?? []).map((periods) => (periods === undefined ? null : flat(periods))),
    rows: (table?.rows ?? []).map((row) => rowModel(row, program)),
    complete: table?.complete ?? true,
    ...drawingOf(spaceTime(execution), program, numbers),
    firings: execution.firings(),
    window: windowOf(execution, specification, failureFree),
    outcomes: watched.flatMap((relation) =>
      execution.tuples(relation, eot).map((args) => numbers.numberOf(relation, args)),
    ),
  };
}

function flat(periods: readonly Period[]): readonly number[] {
  return periods.flatMap(({ from, to }) => [from, to]);
}

/** Instead of a rule's number. */
const noRule = { fact: -1, crash: -2, restart: -3 } as const;

function rowModel(row: Row, program: Program): RowModel {
  const { head, by, delay, carries, supports, absences, message, fired } = row;
  return {
    head,
    rule: by.kind === "rule" ? by.rule : noRule[by.kind === "built-in" ? by.relation : by.kind],
    delay,
    ...(carries ? { carries: 1 } : {}),
    supports: supports.map((s) => s.tuple),
    ...(supports.some((s) => s.at !== undefined) ? { fixed: supports.map((s) => s.at ?? 0) } : {}),
    ...(absences.length === 0 ? {} : { absences: absences.map((a) => formatPattern(program, a.relation, a.pattern)) }),
    ...(message === undefined ? {} : { message: [formatNode(message.from), formatNode(message.to)] }),
    fired: flat(fired),
  };
}

function drawingOf(
  { columns, arrows, marks }: SpaceTime,
  program: Program,
  numbers: TupleNumbers,
): Pick<RunModel, "arrows" | "states" | "marks"> {
  return {
    arrows: arrows.map(
      ({ from, to, sent, arrivals, fate, messages }): ArrowModel => ({
        from: formatNode(from),
        to: formatNode(to),
        sent,
        arrivals,
        fate,
        loads: messages.map((m) => [numbers.numberOf(m.relation, m.args), m.rule] as const),
        labels: labelsOf(messages, program),
      }),
    ),
    states: columns.flatMap(({ node, states }) => states.map((state) => ({ node: formatNode(node), ...state }))),
    marks: marks.map(({ channels, from, to }) => ({
      channels: channels.map((channel) => [formatNode(channel.from), formatNode(channel.to)] as const),
      from,
      to,
    })),
  };
}

/** `vote(term 1)`, or `vote ×3` if there are several tuples of a relation. */
function labelsOf(messages: readonly Message[], program: Program): ArrowModel["labels"] {
  const byRelation = new Map<RelationId, Set<string>>();
  for (const { relation, args, rule, from } of messages)
    byRelation.set(
      relation,
      (byRelation.get(relation) ?? new Set()).add(shortMessage(program, relation, args, rule, from)),
    );
  return [...byRelation].map(([relation, texts]) => {
    const [only = ""] = texts;
    return { relation, text: texts.size === 1 ? only : `${relationName(program, relation)} ×${texts.size}` };
  });
}

/** The instants at which `pre` has a tuple that `post` lacks, or an outcome is missing that the failure-free run has by then. */
function windowOf(execution: Execution, specification: Specification, failureFree: Execution): readonly number[] {
  const instants = Array.from({ length: execution.eot }, (_, i) => i + 1);
  return instants.filter((t) => breachesAt(specification, execution, () => failureFree, t).length > 0);
}
