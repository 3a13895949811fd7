import { cutSets } from "../../evidence/cut-sets.js";
import type { Difference } from "../../evidence/difference.js";
import { replayCommand } from "../../evidence/replay.js";
import { ToldFaults } from "../../evidence/told-faults.js";
import type { WitnessEvidence } from "../../evidence/witness-evidence.js";
import { budgetInWords, notAskedForInWords } from "../../faults/budget-words.js";
import { formatSchedule } from "../../faults/notation.js";
import { formatInputs } from "../../program/chosen-inputs.js";
import { antecedentOf } from "../../program/demands.js";
import { evaluationSentence } from "../../search/evaluation-diagnostic.js";
import type { Counterexample, Statistics, Verdict, Violated } from "../../search/verdict.js";
import { enumerate } from "../../wording/lists.js";
import { count, formatBig, formatTime } from "../../wording/numbers.js";
import type { CheckReport } from "../check-report.js";
import { outcomeLines } from "../text/derivation-words.js";
import { differenceTree } from "../text/difference-words.js";
import { marginInWords } from "../text/margin-words.js";
import { memoryInWords } from "../text/memory-words.js";
import { givenUpInWords, growthInWords } from "../text/phase-words.js";
import { onlyUnderFaultsInWords, reachInWords } from "../text/reach-words.js";
import { riskInWords } from "../text/risk-words.js";
import { scheduleInWords } from "../text/schedule-words.js";
import { faultInBrief, storyOf } from "../text/story.js";
import { formatNode, formatTuple, relationName } from "../text/tuples.js";
import { solverInWords, specificationInWords, strictSentence, verdictSentence } from "../text/verdict-words.js";
import { warningSentence } from "../text/warning-words.js";
import { comparisonSection } from "./comparison.js";
import { renderDiagram } from "./diagram.js";
import type { TextGlyphs } from "./glyphs.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import { section } from "./section.js";
import { sideBySide } from "./side-by-side.js";
import { renderStory } from "./story.js";
import { renderTables } from "./tables.js";
import type { Tree } from "./tree.js";
import { renderTree, treeStyle } from "./tree.js";
import { whyTree } from "./why.js";
import { askAgainBy, whyNotTree } from "./why-not.js";

/** Witnesses, and minimal counterexamples, are listed up to this many. */
const mostListed = 6;

/** The origin of a graph's nodes is listed only for graphs of at least this size. */
const worthListing = 1000;

/** The most nodes that are listed by name. */
const mostNodes = 12;

/** The first line: the verdict, in a word and a sentence. */
export function verdictLine({ verdict, question }: CheckReport, style: Style): string {
  const { bad, good, unsure } = style.palette;
  const words: Readonly<Record<Verdict["kind"], string>> = {
    holds: good("HOLDS"),
    violated: bad("VIOLATED"),
    inconclusive: unsure("INCONCLUSIVE"),
  };
  return `${words[verdict.kind]}  ${verdictSentence(verdict, question, textGlyphs(style.unicode))}`;
}

/** The whole result of a check, for a terminal. */
export function renderCheck(report: CheckReport, style: Style): string {
  const { verdict } = report;
  const lines = [verdictLine(report, style), ""];
  if (verdict.kind === "violated") lines.push(...violation(report, verdict, style));
  lines.push(...closing(report, style), ...details(report, style));
  return `${lines.join("\n")}\n`;
}

/** `-v`: what each fault is needed for, or what each outcome depends on, and the tables at the end of time. */
function details(report: CheckReport, style: Style): readonly string[] {
  const { verdict, program, margin, evidence } = report;
  if (!isDetailed(report) || verdict.kind === "inconclusive") return [];
  const execution = verdict.kind === "violated" ? verdict.counterexample.execution : verdict.failureFree;
  const violation = evidence?.violation;
  const story =
    violation === undefined || verdict.kind !== "violated" ? "" : renderStory(storyOf(violation, verdict, program));
  const text = style.unicode ? story : inAscii(story);
  const outcomes =
    margin === undefined ? [] : section("Outcomes", outcomeLines(margin, program, textGlyphs(style.unicode)), style);
  return [
    "",
    ...(text === "" ? [] : [...text.trimEnd().split("\n"), ""]),
    ...(outcomes.length === 0 ? [] : [...outcomes, ""]),
    ...renderTables(execution, execution.eot, style),
  ];
}

/** If no run was completed, there is nothing more to report. */
function isDetailed({ verbose = false, verdict }: CheckReport): boolean {
  return verbose && verdict.kind !== "inconclusive";
}

function inAscii(text: string): string {
  return text.replaceAll("←", "<-").replaceAll("→", "->").replaceAll("–", "-").replaceAll("·", "|");
}

function violation(report: CheckReport, verdict: Violated, style: Style): readonly string[] {
  const { program, evidence, replay } = report;
  const { counterexample, minimal, error } = verdict;
  const glyphs = textGlyphs(style.unicode);
  const faults = scheduleInWords(counterexample.schedule, verdict.budget.nodes, glyphs);
  const inputs = formatInputs(program, counterexample.execution.inputs);
  const lines = [
    ...(inputs.length === 0 ? [] : section("Inputs", inputs, style)),
    ...section("Faults", faults.length === 0 ? ["none: this happens in the failure-free run"] : faults, style),
  ];
  if (report.question === undefined)
    lines.push(
      ...section("Missing", missing(report, verdict), style),
      ...section("Present", present(report, verdict), style),
    );
  const diagram = evidence?.diagram;
  const first = evidence?.violation?.witnesses[0];
  if (diagram !== undefined && first !== undefined) {
    lines.push("", ...renderDiagram(diagram, style), "");
    const pair = isDetailed(report) ? undefined : first.pairedDerivations;
    const trees =
      pair === undefined
        ? renderTree([...lossTrees(first, report, verdict, style), ...restTrees(first, report, verdict)], glyphs)
        : [...sideBySide(pair, program, style), "everything that it depends on: -v"];
    const more = counterexample.schedule.length > 1 && !isDetailed(report) ? ["what each fault is needed for: -v"] : [];
    lines.push(...section("Why", [...trees, ...more], style), "");
  }
  if (minimal !== undefined) lines.push(...minimalLines(minimal, style), "");
  if (error !== undefined) lines.push(...section("Besides", [evaluationSentence(program, error)], style));
  if (replay !== undefined) lines.push(...section("Replay", [replayCommand(replay)], style));
  // A violation without faults has no lineage of a loss, so it is not repaired.
  if (replay !== undefined && report.question === undefined && counterexample.schedule.length > 0)
    lines.push(...section("Repair", ["to look for a fix: ldfi repair, with the same options"], style));
  return lines;
}

function missing({ program }: CheckReport, { counterexample, specification }: Violated): readonly string[] {
  const { witnesses, execution } = counterexample;
  const all = witnesses.filter(({ kind }) => kind === "missing");
  return [...new Set(all.map(({ promise }) => promise))].flatMap((name) => {
    const own = all.filter(({ promise }) => promise === name);
    const [first] = own;
    if (first === undefined) return [];
    const antecedent = antecedentOf(specification, { relation: first.relation, promise: name });
    const why =
      antecedent === undefined
        ? `there at ${execution.eot} without faults`
        : `promised by ${relationName(program, antecedent)} at ${execution.eot}`;
    return listed(
      own.map(({ relation, args }) => formatTuple(program, relation, args)),
      name === undefined ? why : `${why} (${name})`,
    );
  });
}

/** Forbidden tuples, with the first instant at which they hold. */
function present({ program }: CheckReport, { counterexample }: Violated): readonly string[] {
  const all = counterexample.witnesses.filter(({ kind }) => kind === "present");
  return [...new Set(all.map(({ promise }) => promise))].flatMap((name) =>
    listed(
      all
        .filter(({ promise }) => promise === name)
        .map(({ relation, args, instant }) => `${formatTuple(program, relation, args)} at ${instant}`),
      `which must never hold${name === undefined ? "" : ` (${name})`}`,
    ),
  );
}

/** Lists some tuples; the first has what applies to all of them. */
function listed(tuples: readonly string[], comment: string): readonly string[] {
  const lines = tuples.slice(0, mostListed).map((line, i) => (i === 0 ? `${line}, ${comment}` : line));
  return tuples.length > mostListed ? [...lines, `and ${tuples.length - mostListed} more`] : lines;
}

/**
 * How the faults removed a missing witness or made a forbidden one possible. If the failure-free run violates as well: how the witness was
 * derived or, for a missing one, why it was promised and why it was not derived.
 */
function lossTrees(
  witness: WitnessEvidence,
  { program, replay }: CheckReport,
  { counterexample }: Violated,
  style: Style,
): readonly Tree[] {
  const tree = (d: Difference): Tree => differenceTree(d, counterexample.execution, treeStyle(style));
  // Each of these is computed when it is read.
  const { difference } = witness;
  if (difference !== undefined) return [tree(difference)];
  const { derivation } = witness;
  if (derivation !== undefined) return [whyTree(derivation, program, style)];
  const { obstacles, promise } = witness;
  const missing =
    obstacles === undefined
      ? []
      : [whyNotTree(obstacles, counterexample.execution, style, replay && askAgainBy(replay, program))];
  if (promise === undefined) return missing;
  const { gained, why } = promise;
  return [gained === undefined ? whyTree(why, program, style) : tree(gained), ...missing];
}

/** The effects of faults that the explanation above does not mention. */
function restTrees(witness: WitnessEvidence, { program, evidence }: CheckReport, verdict: Violated): readonly Tree[] {
  const violation = evidence?.violation;
  if (violation === undefined) return [];
  const told = new ToldFaults(verdict.counterexample.schedule);
  tell(witness, told);
  return told.untold.map((fault) => faultInBrief(fault, violation, verdict, program));
}

/** Marks the faults that `lossTrees` mentions. */
function tell(witness: WitnessEvidence, told: ToldFaults): void {
  const { difference } = witness;
  if (difference !== undefined) {
    told.difference(difference);
    return;
  }
  const { derivation } = witness;
  if (derivation !== undefined) {
    told.why(derivation);
    return;
  }
  const { obstacles, promise } = witness;
  if (obstacles !== undefined) told.whyNot(obstacles);
  if (promise?.gained !== undefined) told.difference(promise.gained);
  else if (promise !== undefined) told.why(promise.why);
}

/** Explains what a list of minimal counterexamples omits. */
const MINIMAL = "minimal: no lesser schedule violates; a later crash of a node is less than an earlier one";

/** One list, or one for each promise that is broken. */
function minimalLines(
  { counterexamples, complete }: NonNullable<Violated["minimal"]>,
  style: Style,
): readonly string[] {
  const promises = [...new Set(counterexamples.map(({ minimalFor }) => minimalFor))];
  return promises.flatMap((promise) =>
    minimalOfOne(
      promise,
      counterexamples.filter(({ minimalFor }) => minimalFor === promise),
      complete,
      style,
    ),
  );
}

function minimalOfOne(
  promise: string | undefined,
  counterexamples: readonly Counterexample[],
  complete: boolean,
  style: Style,
): readonly string[] {
  const sets = cutSets(counterexamples);
  const sizes = sets.sizes.map(({ faults, schedules }) => `${schedules} of ${count(faults, "fault")}`);
  const total = `${promise === undefined ? "" : `${promise}: `}${count(counterexamples.length, "minimal counterexample")}${complete ? "" : " so far"}: ${enumerate(sizes)}`;
  const listed = counterexamples.map((c) => formatSchedule(c.schedule));
  const lines = [total, ...listed];
  lines.push(style.palette.faint(MINIMAL));
  if (counterexamples.length > 1) {
    if (sets.inEvery.length > 0) lines.push(`every one of them needs ${formatSchedule(sets.inEvery)}`);
    else if (sets.senders.length > 0)
      lines.push(`every one of them stops at least one message of ${enumerate(sets.senders.map(formatNode))}`);
  }
  return section("All", lines, style);
}

/** Budget, specification, statistics and warnings: what the verdict depends on. */
function closing(report: CheckReport, style: Style): readonly string[] {
  const { verdict, program } = report;
  const { budget, statistics } = verdict;
  const glyphs = textGlyphs(style.unicode);
  const nodes =
    budget.nodes.length === 0
      ? "no nodes"
      : `${count(budget.nodes.length, "node")} (${nodeNames(budget.nodes, isDetailed(report), glyphs)})`;
  const bounds = `EOT ${budget.eot}, EFF ${budget.eff}, crashes ${budget.crashes}`;
  const words = verdict.kind === "holds" ? "" : `: ${budgetInWords(budget, glyphs)}`;
  const excluded = notAskedForInWords(budget);
  const allowed = [`${nodes}, ${bounds}${words}`, ...(excluded === undefined ? [] : [excluded])];
  const lines = [...section("Budget", allowed, style)];
  if (report.question === undefined)
    lines.push(...section("Checked", specificationInWords(verdict.specification, budget.eot, program, glyphs), style));
  if (report.question === undefined && budget.restarts > 0)
    lines.push(...section("Memory", [memoryInWords(program, verdict.specification)], style));
  lines.push(...reached(report, style));
  if (report.risk !== undefined) lines.push(...section("Risk", riskInWords(report.risk, program, glyphs), style));
  if (report.margin !== undefined)
    lines.push(...section("Margin", marginInWords(report.margin, program, budget.nodes, glyphs), style));
  lines.push(...section("Searched", [effort(statistics, verdict, glyphs.dot)], style));
  if (report.solver !== undefined && verdict.kind !== "inconclusive")
    lines.push(...section("Solver", [solverInWords(report.solver, verdict, report.proof)], style));
  if (statistics.givenUp !== undefined)
    lines.push(...section("Given up", [`the lineage: ${givenUpInWords(statistics.givenUp, program)}`], style));
  if (report.verbose === true && statistics.graphNodes > worthListing)
    lines.push(...section("Graph", growthInWords(statistics.graphByRelation ?? [], program), style));
  for (const warning of verdict.warnings) {
    const sentence = `${warningSentence(warning, program, true)} ${style.palette.faint(`[${warning.kind}]`)}`;
    lines.push(...section("Warning", [sentence], style, style.palette.unsure));
  }
  lines.push(...comparisonSection(report.comparison, style));
  if (report.strict !== undefined && report.strict.length > 0)
    lines.push(...section("Strict", [strictSentence(report.strict)], style, style.palette.bad));
  return lines;
}

/** Which `reach` lines the budget reaches; with `-v`, by which faults, and what else only faults make possible. */
function reached(report: CheckReport, style: Style): readonly string[] {
  const { verdict, program } = report;
  if (verdict.kind === "violated" || report.question !== undefined) return [];
  const found = (verdict.reach ?? []).map((finding) => reachInWords(finding, program, isDetailed(report)));
  const under = verdict.kind === "holds" && isDetailed(report) ? verdict.onlyUnderFaults : undefined;
  return [
    ...section("Reach", found, style),
    ...section("By faults", under === undefined ? [] : onlyUnderFaultsInWords(under, program), style),
  ];
}

/** All nodes with `-v`; otherwise only the first and the last of a long list. */
function nodeNames(nodes: readonly string[], all: boolean, { ellipsis }: TextGlyphs): string {
  const names = nodes.map(formatNode);
  if (all || names.length <= mostNodes) return names.join(", ");
  return [...names.slice(0, 3), ellipsis, ...names.slice(-1)].join(", ");
}

function effort(
  { executions, space, graphNodes, clauses, times }: Statistics,
  { method, strategy, cached }: Verdict,
  dot: string,
): string {
  const parts = [
    `${count(executions, "execution")} for ${formatBig(space)} ${space === 1n ? "schedule" : "schedules"}`,
    formatTime(times.total),
    ...(cached === true ? ["an answer from the cache, run again"] : []),
  ];
  if (graphNodes > 0) parts.push(`lineage of ${count(graphNodes, "node")}, ${count(clauses, "clause")}`);
  if (method === "alternation" && strategy !== "alternate")
    parts.push("by alternation: the lineage over all schedules is too large");
  else if (strategy !== "lineage") parts.push(`strategy ${strategy}`);
  return parts.join(` ${dot} `);
}
