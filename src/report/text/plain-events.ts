import type { Group, Obstacle, Pattern, Why, WhyNot } from "../../evidence/explanation.js";
import type { FailingLiteral } from "../../evidence/partial-match.js";
import type { WitnessEvidence } from "../../evidence/witness-evidence.js";
import type { Program, RuleId } from "../../program/program.js";
import { onOneLine } from "../../source/source.js";
import { enumerate } from "../../wording/lists.js";
import type { CausalEvent, StepPlace } from "./causal-events.js";
import { nodeAmong, reachesInWords } from "./causal-events.js";
import { isBuiltIn } from "./difference-outline.js";
import { sentByManyInWords } from "./obstacle-words.js";
import { formatPattern, formatTuple } from "./tuples.js";

/*
 * The way to a violation with which no other run is compared, mostly one without faults: to what must never hold, what it was derived
 * from; to what is missing, where each rule that could have given it came to a stop.
 */

/** The events that explain a witness by the failing run alone, in the order of time. */
export function plainEvents(
  { derivation, obstacles }: WitnessEvidence,
  nodes: readonly string[],
  program: Program,
): readonly CausalEvent[] {
  const collector = new Collector(new Set(nodes), program);
  if (derivation !== undefined) collector.derived(derivation, true);
  if (obstacles !== undefined) collector.missing(obstacles, true);
  return collector.events();
}

class Collector {
  private readonly found: CausalEvent[] = [];
  private readonly seen = new Set<string>();

  constructor(
    private readonly nodes: ReadonlySet<string>,
    private readonly program: Program,
  ) {}

  events(): readonly CausalEvent[] {
    return [...this.found].sort((a, b) => a.instant - b.instant || a.order - b.order);
  }

  /** What rules derived on the way to a tuple, and the messages that came; facts are what the run begins with. */
  derived({ tuple: { relation, args }, since, how }: Why, isOutcome = false): void {
    if (how.kind !== "firing" || this.isTold(["derived", relation, args, since])) return;
    for (const premise of how.premises) if (premise.kind === "tuple") this.derived(premise.why);
    if (isOutcome || isBuiltIn(relation, this.program)) return;
    const { rule, message } = how;
    if (message === undefined || message.from === message.to) {
      const what = { kind: "tuple", node: nodeAmong(this.nodes, args), change: "gained", relation, args } as const;
      this.add(since, what, rule);
      return;
    }
    const { from, to, sent } = message;
    const end = reachesInWords(sent, since);
    this.add(sent, { kind: "message", from, to, sent: [sent], tuple: { relation, args, rule }, end }, rule);
  }

  /** From the outcome down to where the rules come to a stop; what is said last is nearest to it. */
  missing({ wanted, attempts }: WhyNot, isOutcome = false): void {
    const { relation, pattern, instant } = wanted;
    if (this.isTold(["missing", relation, pattern, instant])) return;
    const [attempt] = attempts;
    if (attempt === undefined) return;
    const { obstacle, rule } = attempt;
    if (obstacle.kind === "literal" && obstacle.whyNot !== undefined) this.missing(obstacle.whyNot);
    for (const group of groupsOf(obstacle))
      for (const text of sentByManyInWords(group, this.program))
        this.tell(group.instant, text, group.sentByMany[0]?.tuple.args ?? [], group.rule);
    const reason = this.reasonOf(obstacle);
    if (reason === undefined || (isOutcome && obstacle.kind === "literal" && obstacle.whyNot !== undefined)) return;
    const name = formatPattern(this.program, relation, pattern);
    const text = isOutcome ? reason.text : `${reason.text}, so no ${name}`;
    this.tell(attempt.until, text, reason.at ?? pattern, rule);
  }

  /** What stood in the way of a rule, where the failing run alone says it. */
  private reasonOf(obstacle: Obstacle): { readonly text: string; readonly at?: Pattern } | undefined {
    const { program } = this;
    switch (obstacle.kind) {
      case "other-value": {
        const [first] = obstacle.values;
        if (first === undefined) return { text: "nothing to aggregate" };
        const values = obstacle.values.map(({ relation, args }) => formatTuple(program, relation, args));
        return { text: enumerate(values), at: first.args };
      }
      case "literal":
        return failing(obstacle.failing, program);
      default:
        return undefined;
    }
  }

  private tell(instant: number, text: string, columns: Pattern, rule: RuleId): void {
    const node = nodeAmong(this.nodes, columns);
    const at = node === undefined ? `at ${instant}: ` : `${node} at ${instant}: `;
    const place: StepPlace | undefined = node === undefined ? undefined : { kind: "node", node, instant, label: "" };
    this.add(instant, { kind: "told", text: at + text, ...(place === undefined ? {} : { place }) }, rule);
  }

  private add(instant: number, what: CausalEvent["what"], rule: RuleId): void {
    this.found.push({ instant, rank: 2, order: this.found.length, what, rule });
  }

  private isTold(key: readonly unknown[]): boolean {
    const text = JSON.stringify(key);
    if (this.seen.has(text)) return true;
    this.seen.add(text);
    return false;
  }
}

function groupsOf(obstacle: Obstacle): readonly Group[] {
  if (obstacle.kind === "other-value") return obstacle.group === undefined ? [] : [obstacle.group];
  return obstacle.kind === "literal" ? (obstacle.groups ?? []) : [];
}

function failing(literal: FailingLiteral, program: Program): { readonly text: string; readonly at?: Pattern } {
  switch (literal.kind) {
    case "no-match":
      return {
        text: `no ${formatPattern(program, literal.literal.relation, literal.pattern)}`,
        at: literal.pattern,
      };
    case "blocked":
      return { text: formatTuple(program, literal.literal.relation, literal.by), at: literal.by };
    case "comparison":
      return { text: `${onOneLine(literal.literal.span)} is false` };
    default: {
      const never: never = literal;
      return never;
    }
  }
}
