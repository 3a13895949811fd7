import { withFaults } from "../../faults/budget-words.js";
import { formatInputs } from "../../program/chosen-inputs.js";
import { visible } from "../../source/strings.js";
import type { Answer, RunReport } from "../run-report.js";
import { isCorrect } from "../run-report.js";
import { scheduleInWords } from "../text/schedule-words.js";
import { formatTuple } from "../text/tuples.js";
import { specificationInWords } from "../text/verdict-words.js";
import { renderDiagram } from "./diagram.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import { section } from "./section.js";
import { renderTables } from "./tables.js";
import type { Tree } from "./tree.js";
import { renderTree } from "./tree.js";
import { whyTree } from "./why.js";
import type { AskAgain } from "./why-not.js";
import { askAgainBy, whyNotTree } from "./why-not.js";

/** The first line: whether the run keeps what the program promises. */
export function runLine({ outcome, execution }: RunReport, style: Style): string {
  const { good, bad, heading } = style.palette;
  const faults = withFaults(execution.schedule.length);
  if (outcome === undefined) return `${heading("RAN")}  ${faults}, to the end of time at ${execution.eot}`;
  return isCorrect(outcome) ? `${good("HOLDS")}  in this run, ${faults}` : `${bad("VIOLATED")}  in this run, ${faults}`;
}

/** One execution: its faults, its messages and its outcomes; or only the answers of `--why` and `--why-not`. */
export function renderRun(report: RunReport, style: Style): string {
  const lines =
    report.answers.length > 0 ? answers(report, style) : [runLine(report, style), "", ...body(report, style)];
  if (report.tables !== undefined) lines.push("", ...renderTables(report.execution, report.tables, style));
  return `${lines.join("\n")}\n`;
}

function body(report: RunReport, style: Style): readonly string[] {
  const { execution, outcome, diagram } = report;
  const faults = scheduleInWords(execution.schedule, execution.nodes, textGlyphs(style.unicode));
  const inputs = formatInputs(execution.program, execution.inputs);
  const lines = [
    ...(inputs.length === 0 ? [] : section("Inputs", inputs, style)),
    ...section("Faults", faults.length === 0 ? ["none"] : faults, style),
    "",
    ...renderDiagram(diagram, style),
  ];
  if (diagram.strays > 0)
    lines.push("", `${diagram.strays} messages go to or come from places that are not nodes, and are not drawn.`);
  if (outcome === undefined) return lines;
  const name = ({
    relation,
    args,
  }: {
    readonly relation: Parameters<typeof formatTuple>[1];
    readonly args: Parameters<typeof formatTuple>[2];
  }): string => formatTuple(execution.program, relation, args);
  lines.push(
    "",
    ...section(
      "Checked",
      specificationInWords(outcome.specification, execution.eot, execution.program, textGlyphs(style.unicode)),
      style,
    ),
  );
  if (outcome.missing.length > 0)
    lines.push(...section("Missing", outcome.missing.map(name), style, style.palette.lost));
  if (outcome.present.length > 0)
    lines.push(
      ...section(
        "Present",
        outcome.present.map((tuple) => `${name(tuple)} at ${tuple.instant}, which must never hold`),
        style,
        style.palette.lost,
      ),
    );
  if (outcome.kept.length > 0) lines.push(...section("Kept", outcome.kept.map(name), style));
  if (outcome.missing.length + outcome.kept.length === 0 && outcome.specification.kind !== "never")
    lines.push(...section("Kept", ["nothing: nothing is promised"], style));
  return lines;
}

function answers({ answers: list, execution, replay }: RunReport, style: Style): string[] {
  const askAgain = replay === undefined ? undefined : askAgainBy(replay, execution.program);
  const trees = list.map((answer): Tree => answerTree(answer, execution, style, askAgain));
  return [...renderTree(trees, textGlyphs(style.unicode))];
}

function answerTree(
  answer: Answer,
  execution: RunReport["execution"],
  style: Style,
  askAgain: AskAgain | undefined,
): Tree {
  const { program } = execution;
  switch (answer.kind) {
    case "holds": {
      const tree = whyTree(answer.why, program, style);
      return answer.asked === "why" ? tree : { text: `it holds: ${tree.text}`, children: tree.children };
    }
    case "absent": {
      if (answer.whyNot === undefined)
        return {
          text: `${formatTuple(program, answer.tuple.relation, answer.tuple.args)} does not hold`,
          children: [],
        };
      return whyNotTree(answer.whyNot, execution, style, askAgain);
    }
    case "no-match":
      if (answer.whyNot !== undefined) return whyNotTree(answer.whyNot, execution, style, askAgain);
      return { text: `nothing matches ${visible(answer.text)}`, children: [] };
    default: {
      const never: never = answer;
      return never;
    }
  }
}
